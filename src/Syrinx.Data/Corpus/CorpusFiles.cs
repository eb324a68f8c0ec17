using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Syrinx.Data.Corpus.Card;

namespace Syrinx.Data.Corpus;

/// <summary>
/// The files of the corpus folder and how they are read and written: JSON lines, UTF-8, snake_case, whole or absent.
/// Readers stream; they may be used from several threads, each with its own enumeration.
/// </summary>
public static class CorpusFiles
{
    /// <summary>Name of the documents' file.</summary>
    public const string Documents = "documents.jsonl";

    /// <summary>Name of the dialogues' file.</summary>
    public const string Dialogues = "dialogues.jsonl";

    /// <summary>Name of the preferences' file.</summary>
    public const string Preferences = "preferences.jsonl";

    /// <summary>Name of the labels' file.</summary>
    public const string Labels = "labels.jsonl";

    /// <summary>Name of the authors' file.</summary>
    public const string Authors = "authors.jsonl";

    /// <summary>Name of the numbers' file.</summary>
    public const string CardJson = "card.json";

    /// <summary>Name of the page.</summary>
    public const string CardHtml = "card.html";

    /// <summary>Name of the datasheet.</summary>
    public const string Datasheet = "datasheet.md";

    /// <summary>All of them, in the order in which they are put in place: the page last.</summary>
    public static IReadOnlyList<string> All { get; } = [Documents, Dialogues, Preferences, Labels, Authors, CardJson, Datasheet, CardHtml];

    /// <summary>How the lines are spelt.</summary>
    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads <c>documents.jsonl</c> of a corpus folder, line by line.</summary>
    /// <exception cref="InputException">The file is missing, or a line is not a document; the message names the line.</exception>
    public static IEnumerable<CorpusDocument> ReadDocuments(string corpusFolder, CancellationToken cancel = default) =>
        Read<CorpusDocument>(Path.Combine(corpusFolder, Documents), cancel);

    /// <summary>Reads <c>dialogues.jsonl</c> of a corpus folder, line by line.</summary>
    /// <exception cref="InputException">The file is missing, or a line is not a dialogue; the message names the line.</exception>
    public static IEnumerable<CorpusDialogue> ReadDialogues(string corpusFolder, CancellationToken cancel = default) =>
        Read<CorpusDialogue>(Path.Combine(corpusFolder, Dialogues), cancel);

    /// <summary>Reads <c>preferences.jsonl</c> of a corpus folder, line by line.</summary>
    /// <exception cref="InputException">The file is missing, or a line is not a preference; the message names the
    /// line.</exception>
    public static IEnumerable<CorpusPreference> ReadPreferences(string corpusFolder, CancellationToken cancel = default) =>
        Read<CorpusPreference>(Path.Combine(corpusFolder, Preferences), cancel);

    /// <summary>Reads <c>labels.jsonl</c> of a corpus folder, line by line.</summary>
    /// <exception cref="InputException">The file is missing, or a line is not a label; the message names the line.</exception>
    public static IEnumerable<PostLabel> ReadLabels(string corpusFolder, CancellationToken cancel = default) =>
        Read<PostLabel>(Path.Combine(corpusFolder, Labels), cancel);

    /// <summary>Reads <c>authors.jsonl</c> of a corpus folder, line by line.</summary>
    /// <exception cref="InputException">The file is missing, or a line is not an author's label; the message names the
    /// line.</exception>
    public static IEnumerable<AuthorLabel> ReadAuthors(string corpusFolder, CancellationToken cancel = default) =>
        Read<AuthorLabel>(Path.Combine(corpusFolder, Authors), cancel);

    /// <summary>Reads <c>card.json</c> of a corpus folder; null where there is none.</summary>
    /// <exception cref="InputException">It is not a card.</exception>
    public static CorpusCard? ReadCard(string corpusFolder)
    {
        string path = Path.Combine(corpusFolder, CardJson);
        if (!File.Exists(path))
            return null;
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<CorpusCard>(stream, CardStyle) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path} is not a corpus' card: {e.Message} Run 'syrinx curate' again.", e);
        }
    }

    /// <summary>Writes <c>card.json</c>, indented, with the policy as a word.</summary>
    internal static void WriteCard(Stream stream, CorpusCard card) => JsonSerializer.Serialize(stream, card, CardStyle);

    internal static readonly JsonSerializerOptions CardStyle = new(Json)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static IEnumerable<T> Read<T>(string path, CancellationToken cancel)
    {
        if (!File.Exists(path))
            throw new InputException($"{path} is not there: run 'syrinx curate' first.");
        using var reader = new StreamReader(path, Encoding.UTF8);
        for (long line = 1; reader.ReadLine() is { } text; line++)
        {
            cancel.ThrowIfCancellationRequested();
            yield return Parse<T>(text, path, line);
        }
    }

    private static T Parse<T>(string text, string path, long line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}, line {line}: {e.Message} Run 'syrinx curate' again.", e);
        }
    }
}
