using System.Security.Cryptography;
using System.Text;
using Syrinx.Models;

namespace Syrinx.Evaluation;

/// <summary>A document that no model has trained on.</summary>
/// <param name="Id">Its name in the corpus.</param>
/// <param name="Text">Its text.</param>
/// <param name="Source">Where it is from: platform and community.</param>
/// <param name="Language">Its language's code.</param>
public sealed record HeldOutDocument(string Id, string Text, string Source, string Language);

/// <summary>A dialogue that no model has trained on.</summary>
/// <param name="Id">Its name in the corpus.</param>
/// <param name="Language">The answers' language.</param>
/// <param name="Turns">What was said, in turn; the last by <c>assistant</c>.</param>
/// <param name="Posts">The posts inside: two dialogues that share one are of the same conversation.</param>
/// <param name="Mark">What stands before an answer in the corpus' documents: <c>↳</c>, or <c>推</c> for the pushes of an article.</param>
public sealed record HeldOutDialogue(string Id, string Language, IReadOnlyList<ChatTurn> Turns, IReadOnlyList<string> Posts, string Mark)
{
    /// <summary>The first answer.</summary>
    internal string Reply => Turns[First].Text;

    /// <summary>What was said before it.</summary>
    internal IReadOnlyList<ChatTurn> Prompt => [.. Turns.Take(First)];

    private int First => Turns.Select((turn, i) => (turn, i)).First(t => t.turn.Role == "assistant").i;
}

/// <summary>Takes a few of many, the same ones at every run.</summary>
internal static class HeldOut
{
    /// <summary>At most <paramref name="count"/> items, drawn by a hash of their names and returned in its order.</summary>
    public static List<T> Draw<T>(IEnumerable<T> items, Func<T, string> id, int count, ulong seed)
    {
        var kept = new List<(ulong Hash, string Id, T Item)>();
        foreach (var item in items)
        {
            string name = id(item);
            kept.Add((Hash(name, seed), name, item));
            if (kept.Count >= 2 * (long)count + 1000)
                Trim();
        }
        Trim();
        return [.. kept.Select(k => k.Item)];

        void Trim()
        {
            kept.Sort((a, b) => a.Hash != b.Hash ? a.Hash.CompareTo(b.Hash) : string.CompareOrdinal(a.Id, b.Id));
            if (kept.Count > count)
                kept.RemoveRange(count, kept.Count - count);
        }
    }

    /// <summary>64 bits of a text's SHA-256.</summary>
    public static ulong Hash(string text, ulong seed) =>
        BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{text}")));

    /// <summary>Names what was measured, so that results on the same things can be told from results on others: 16 hex digits.</summary>
    public static string Fingerprint(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..16];
}
