using System.Text;
using Syrinx.Inference;

namespace Syrinx.Evaluation;

/// <summary>How well a model predicts the documents of a group.</summary>
/// <param name="Name">A source or language; <c>…</c> for all smaller ones together.</param>
/// <param name="Documents">Documents.</param>
/// <param name="Bytes">Bytes of their UTF-8.</param>
/// <param name="Tokens">Tokens predicted.</param>
/// <param name="BitsPerByte">Bits a byte, the interval by bootstrap over documents.</param>
public sealed record GroupBits(string Name, int Documents, long Bytes, long Tokens, Estimate BitsPerByte);

/// <summary>How well a model predicts held-out documents.</summary>
/// <param name="All">All of them.</param>
/// <param name="BySource">By where they are from, the largest first.</param>
/// <param name="ByLanguage">By language, the largest first.</param>
/// <param name="Fingerprint">Names the documents; results with the same name compare.</param>
public sealed record HeldOutBits(GroupBits All, IReadOnlyList<GroupBits> BySource, IReadOnlyList<GroupBits> ByLanguage, string Fingerprint)
{
    private const int MostGroups = 20;

    internal static HeldOutBits? Measure(ParallelScoring scoring, IReadOnlyList<HeldOutDocument> documents, ulong seed)
    {
        var model = scoring.Model;
        int begin = Likelihood.Begin(model), stride = Math.Max(1, model.ContextLength / 2);
        var measured = scoring.Map(documents, "documents", (session, document) =>
        {
            int[] ids = [begin, .. model.Tokenizer!.Encode(document.Text)];
            return new Measured(document, Encoding.UTF8.GetByteCount(document.Text), ids.Length - 1,
                Likelihood.OfText(session, model, ids, stride, scoring.Cancel) / Math.Log(2));
        }).Where(m => m.Bytes > 0).ToList();
        return measured.Count == 0 ? null : new(Group("", measured, seed), Groups(measured, d => d.Source, seed), Groups(measured, d => d.Language, seed),
            HeldOut.Fingerprint(measured.Select(m => m.Document.Id)));
    }

    private static List<GroupBits> Groups(List<Measured> all, Func<HeldOutDocument, string> name, ulong seed)
    {
        var groups = all.GroupBy(m => name(m.Document)).Select(g => (g.Key, Items: g.ToList()))
            .OrderByDescending(g => g.Items.Sum(m => (long)m.Bytes)).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        int shown = groups.Count <= MostGroups ? groups.Count : MostGroups - 1;
        var result = groups.Take(shown).Select(g => Group(g.Key, g.Items, seed)).ToList();
        if (shown < groups.Count)
            result.Add(Group("…", [.. groups.Skip(shown).SelectMany(g => g.Items)], seed));
        return result;
    }

    private static GroupBits Group(string name, List<Measured> items, ulong seed) => new(name, items.Count, items.Sum(m => (long)m.Bytes),
        items.Sum(m => (long)m.Tokens), Estimate.OfRatio([.. items.Select(m => m.Bits)], [.. items.Select(m => (double)m.Bytes)], seed));

    private readonly record struct Measured(HeldOutDocument Document, int Bytes, int Tokens, double Bits);
}
