using System.Text.Json;
using Syrinx.Models;
using Syrinx.Tokens;

namespace Syrinx.Inference.Structured;

/// <summary>
/// Makes constraints for a model's vocabulary, and keeps those that were asked for last. Safe to share between threads.
/// </summary>
public sealed class ConstraintFactory
{
    private const int MostKept = 64;

    /// <summary>How long masks are made before a text begins; states beyond it get theirs when they come.</summary>
    private static readonly TimeSpan Preparation = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly Lazy<TokenTrie> _trie;
    private readonly int[] _ends;
    private readonly Dictionary<string, Lazy<TokenConstraint>> _kept = [];
    private readonly Queue<string> _order = new();

    /// <summary>For a tokenizer and the tokens that end its texts.</summary>
    public ConstraintFactory(BpeTokenizer tokenizer, IEnumerable<int> endTokens)
    {
        _trie = new(() => new(tokenizer));
        _ends = [.. endTokens];
    }

    /// <summary>Texts that fit a JSON Schema.</summary>
    /// <exception cref="InputException">The schema has something that is not supported, or nothing fits it; the message names the
    /// place by its JSON pointer.</exception>
    public TokenConstraint JsonSchema(JsonElement schema) => Get("s" + schema.GetRawText(), () => SchemaCompiler.Compile(schema));

    /// <summary>Any JSON object.</summary>
    public TokenConstraint JsonObject() => Get("o", SchemaCompiler.AnyObject);

    /// <summary>Texts that fit a grammar in llama.cpp's GBNF.</summary>
    /// <exception cref="InputException">It is no grammar; the message names line and column.</exception>
    public TokenConstraint Grammar(string grammar) => Get("g" + grammar, () => GrammarParser.Parse(grammar));

    /// <summary>The call of one of several functions, as a model writes calls.</summary>
    /// <exception cref="InputException">A function's schema has something that is not supported.</exception>
    public TokenConstraint ToolCall(ToolCallFormat format, IReadOnlyList<ToolFunction> functions) => Get(
        $"t{format}{string.Join('\n', functions.Select(f => $"{f.Name} {f.Parameters.GetRawText()}"))}", () => ToolCallGrammar.Compile(format, functions));

    private TokenConstraint Get(string key, Func<GrammarRules> rules)
    {
        Lazy<TokenConstraint>? made;
        lock (_lock)
        {
            if (!_kept.TryGetValue(key, out made))
            {
                made = new(() =>
                {
                    var constraint = new TokenConstraint(new PushdownAutomaton(rules()), _trie.Value, _ends);
                    constraint.Prepare(Preparation);
                    return constraint;
                });
                _kept.Add(key, made);
                _order.Enqueue(key);
                if (_order.Count > MostKept)
                    _kept.Remove(_order.Dequeue());
            }
        }
        return made.Value;
    }
}
