// How long masks take: random schemas of the tests, a walk of at most 256 random tokens that fit each, with the first so many tokens of
// o200k's vocabulary (all: 199,998; ids are in the order of merges, so that a beginning of it is a vocabulary, too).
//   dotnet run --project bench/Structured -c Release [SCHEMAS=100]
using System.Diagnostics;
using System.Numerics;
using System.Text.Json;
using Syrinx;
using Syrinx.Inference.Structured;
using Syrinx.Tests.Inference.Structured;
using Syrinx.Tests.Tokens;
using Syrinx.Tokens;

int schemas = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 100;
var all = TiktokenRanks.Load("o200k_base", "Microsoft.ML.Tokenizers.Data.O200kBase", PreTokenizer.O200kPattern, ignoreMerges: false);
foreach (int size in (int[])[8_192, 150_000, all.VocabSize - 1])
{
    var vocabulary = all.Vocabulary;
    var tokenizer = new BpeTokenizer(vocabulary with
    {
        Tokens = [.. vocabulary.Tokens.Take(size), vocabulary.Tokens[^1]],
        Merges = [.. vocabulary.Merges.Where(m => m.Merged < size)],
        Special = [new(BpeTokenizer.EndOfText, size)],
    });
    var clock = Stopwatch.StartNew();
    var trie = new TokenTrie(tokenizer);
    double trieMs = clock.Elapsed.TotalMilliseconds;
    List<double> compile = [], prepare = [], first = [], again = [];
    int states = 0, unprepared = 0, made = 0;
    for (int seed = 1; made < schemas; seed++)
    {
        clock.Restart();
        TokenConstraint constraint;
        try
        {
            constraint = new(new PushdownAutomaton(SchemaCompiler.Compile(JsonElement.Parse(RandomSchemas.Next(seed).ToJsonString()))), trie, [size]);
        }
        catch (InputException)
        {
            continue;
        }
        made++;
        compile.Add(clock.Elapsed.TotalMilliseconds);
        clock.Restart();
        constraint.Prepare(TimeSpan.FromMilliseconds(200));
        prepare.Add(clock.Elapsed.TotalMilliseconds);
        unprepared += clock.Elapsed.TotalMilliseconds >= 200 ? 1 : 0;
        states += constraint.StateCount;
        for (int round = 0; round < 2; round++)
        {
            var matcher = constraint.Begin(256);
            var random = new Random(seed);
            for (int left = 256; left > 0 && !matcher.Finished; left--)
            {
                clock.Restart();
                var mask = matcher.Mask(left);
                double us = clock.Elapsed.TotalMicroseconds;
                (round == 0 ? first : again).Add(us);
                int token = Pick(mask, random);
                if (token == size)
                    break;
                matcher.Accept(token);
            }
        }
    }
    string Line(string what, List<double> values, string unit)
    {
        values.Sort();
        return $"{what}: mean {values.Average():0.0}, median {values[values.Count / 2]:0.0}, 99th {values[values.Count * 99 / 100]:0.0}, most {values[^1]:0.0} {unit}";
    }
    Console.WriteLine($"{size} tokens, {made} schemas, {states / made} states each; tree {trieMs:0} ms, {trie.Bytes.Length} nodes");
    Console.WriteLine(Line("  compile", compile, "ms"));
    Console.WriteLine(Line("  masks of all states", prepare, $"ms; {unprepared} schemas not finished within 200 ms"));
    Console.WriteLine(Line($"  mask, {first.Count} tokens, first text of a schema", first, "µs"));
    Console.WriteLine(Line($"  mask, {again.Count} tokens, the same text again", again, "µs"));
}
Console.WriteLine($"processor time {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0.0} s");

// a token that fits, any of them alike
static int Pick(ReadOnlySpan<ulong> mask, Random random)
{
    int count = 0;
    foreach (ulong word in mask)
        count += BitOperations.PopCount(word);
    int n = random.Next(count);
    for (int word = 0; ; word++)
    {
        int here = BitOperations.PopCount(mask[word]);
        if (n >= here)
        {
            n -= here;
            continue;
        }
        ulong bits = mask[word];
        for (; n > 0; n--)
            bits &= bits - 1;
        return word * 64 + BitOperations.TrailingZeroCount(bits);
    }
}
