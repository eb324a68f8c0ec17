using System.Collections.Concurrent;
using Syrinx.Server.Serving;
using Syrinx.Server.Text;

namespace Syrinx.Server.Pages;

/// <summary>
/// Questions for a first try. A suggestion that finds nothing would be a bad start, so of the questions that the language
/// knows those are offered that these posts answer. Safe to share between threads.
/// </summary>
public sealed class SuggestedQuestions(HomeFolder home, PostIndex posts)
{
    /// <summary>As many as are offered.</summary>
    private const int Most = 4;

    private readonly ConcurrentDictionary<(UiText Language, DateTime Built), IReadOnlyList<string>> _found = new();

    /// <summary>At most four; looked for once for each index.</summary>
    public IReadOnlyList<string> In(UiText text) =>
        _found.GetOrAdd((text, File.GetLastWriteTimeUtc(Path.Combine(home.Index, "index.json"))), _ =>
        {
            List<string> answered = [.. text.ExampleQuestions.Where(question => posts.Answer(question).Found).Take(Most)];
            return answered.Count > 0 ? answered : [.. text.ExampleQuestions.Take(Most)];
        });
}
