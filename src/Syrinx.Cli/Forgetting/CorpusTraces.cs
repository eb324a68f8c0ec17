using Syrinx.Data.Corpus;
using Syrinx.Data.Posts.Forgetting;

namespace Syrinx.Cli.Forgetting;

/// <summary>What of a forgotten author is in the corpus.</summary>
/// <param name="Documents">Documents with a post of theirs.</param>
/// <param name="Dialogues">Dialogues with a post of theirs.</param>
/// <param name="Preferences">Preferences with a post of theirs.</param>
/// <param name="Labels">Labels that name a post of theirs.</param>
/// <param name="Lines">Lines of documents that are one of theirs to the letter.</param>
internal sealed record CorpusTraces(long Documents, long Dialogues, long Preferences, long Labels, long Lines)
{
    /// <summary>Counts in a corpus folder; files that are not there have nothing.</summary>
    public static CorpusTraces Count(string corpus, ForgottenTraces traces, CancellationToken cancel)
    {
        bool There(string name) => File.Exists(Path.Combine(corpus, name));
        long documents = 0, lines = 0;
        foreach (var document in There(CorpusFiles.Documents) ? CorpusFiles.ReadDocuments(corpus, cancel) : [])
        {
            documents += document.Posts.Any(traces.IsPost) ? 1 : 0;
            lines += document.Text.Split('\n').Count(l => traces.IsLine(l.TrimStart('↳', '推', '噓', '→', ' ')));
        }
        return new(documents,
            There(CorpusFiles.Dialogues) ? CorpusFiles.ReadDialogues(corpus, cancel).LongCount(d => d.Posts.Any(traces.IsPost)) : 0,
            There(CorpusFiles.Preferences) ? CorpusFiles.ReadPreferences(corpus, cancel).LongCount(p => p.Posts.Any(traces.IsPost)) : 0,
            There(CorpusFiles.Labels) ? CorpusFiles.ReadLabels(corpus, cancel).LongCount(l => Names(l, traces)) : 0, lines);
    }

    private static bool Names(PostLabel label, ForgottenTraces traces) =>
        traces.IsPost(label.Id) || traces.IsPost(label.Cluster)
        || label.Campaign is { } campaign && traces.IsPost(campaign[(campaign.IndexOf(':', StringComparison.Ordinal) + 1)..]);
}
