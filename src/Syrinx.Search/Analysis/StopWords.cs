using System.Collections.Frozen;

namespace Syrinx.Search.Analysis;

/// <summary>Words so common that a query is better without them, unless it has no others or they stand in a phrase.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> English = """
        a about after all also am an and any are as at be because been before being but by can cannot could did do does doing
        dont down during each few for from further had has have having he her here hers him his how i if im in into is isnt it
        its itself just me more most my no nor not of off on once only or other our ours out over own please same she should so
        some such than that thats the their theirs them then there these they this those through to too under until up us very
        was we were what when where which while who whom why will with would you your yours
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => Stemmer.Stem(word)).ToFrozenSet();

    /// <summary>Whether a query should leave the term out.</summary>
    public static bool Contains(string term) => English.Contains(term);
}
