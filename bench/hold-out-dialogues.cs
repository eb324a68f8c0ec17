// Holds out more dialogues than 'syrinx curate' does: where a corpus has few, one thread in fifty leaves too little to rank replies on.
// Of the threads that a dialogue came from, one in three goes to validation, wholly: its documents and its dialogues. Others stay where they are.
// dotnet run bench/hold-out-dialogues.cs -- home/corpus     (before tokens are made; it rewrites documents.jsonl and dialogues.jsonl)
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

var style = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
string documents = Path.Combine(args[0], "documents.jsonl"), dialogues = Path.Combine(args[0], "dialogues.jsonl");
JsonNode[] said = [.. File.ReadLines(dialogues).Select(l => JsonNode.Parse(l)!)];
var inDialogues = said.SelectMany(d => d["posts"]!.AsArray().Select(p => (string)p!)).ToHashSet();
JsonNode[] written = [.. File.ReadLines(documents).Select(l => JsonNode.Parse(l)!)];
var threadOf = new Dictionary<string, string>();
foreach (var document in written)
{
    foreach (var post in document["posts"]!.AsArray())
        threadOf.TryAdd((string)post!, Thread((string)document["id"]!));
}
var talked = inDialogues.Where(threadOf.ContainsKey).Select(p => threadOf[p]).ToHashSet();
foreach (var document in written.Where(d => talked.Contains(Thread((string)d["id"]!))))
    document["split"] = Split(Thread((string)document["id"]!));
foreach (var dialogue in said)
    dialogue["split"] = Split(threadOf[(string)dialogue["posts"]![0]!]);
File.WriteAllLines(documents, written.Select(d => d.ToJsonString(style)));
File.WriteAllLines(dialogues, said.Select(d => d.ToJsonString(style)));
Console.WriteLine($"{talked.Count} threads with dialogues; dialogues for validation: {said.Count(d => (string)d["split"]! == "val")} of {said.Length}");

static string Thread(string id) => id.Split('~')[0];

static string Split(string thread) => SHA256.HashData(Encoding.UTF8.GetBytes(thread))[0] % 3 == 0 ? "val" : "train";
