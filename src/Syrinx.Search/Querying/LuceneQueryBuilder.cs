using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Syrinx.Search.Analysis;
using Syrinx.Search.Indexing;

namespace Syrinx.Search.Querying;

/// <summary>
/// Turns a parsed query into Lucene's. Words score by BM25 in text and title, the better of the two; filters add nothing to
/// the score. A run of Chinese of four characters or more need not stand together: three fifths of its pairs must be there,
/// for people write 台北牛肉麵 and mean 台北的牛肉麵.
/// </summary>
internal sealed class LuceneQueryBuilder
{
    /// <summary>A word in a title says more of an article than one in its text.</summary>
    private const float TitleBoost = 1.3f;

    /// <summary>Of the field that matches less well, this much is added.</summary>
    private const float TieBreaker = 0.1f;

    /// <summary>Terms of a question or document that are used.</summary>
    private const int MaxTerms = 256;

    private readonly HashSet<string> _terms = [];

    /// <summary>Terms of text and title that the query looks for, to be highlighted; filled by the methods below.</summary>
    public IReadOnlySet<string> Terms => _terms;

    /// <summary>Whether anything in the query scores; if not, the query is a filter.</summary>
    public bool HasScoring { get; private set; }

    /// <summary>The query.</summary>
    /// <param name="query">What was typed, taken apart.</param>
    /// <param name="relaxed">Most of the words are enough instead of all.</param>
    public BooleanQuery Build(ParsedQuery query, bool relaxed)
    {
        var all = new BooleanQuery();
        var words = new BooleanQuery();
        bool onlyStopWords = query.Groups.SelectMany(g => g).Where(n => n is { Scores: true }).All(IsStopWord);
        foreach (var group in query.Groups)
        {
            if (!onlyStopWords && group.All(n => n is { Scores: true } && IsStopWord(n)))
                continue;
            bool scores = group.All(node => node.Scores);
            HasScoring |= scores;
            AddGroup(relaxed && scores ? words : all, group, relaxed && scores ? Occur.SHOULD : Occur.MUST);
        }
        if (words.Clauses.Count > 0)
        {
            words.MinimumNumberShouldMatch = words.Clauses.Count <= 2 ? 1 : (words.Clauses.Count + 1) / 2;
            all.Add(words, Occur.MUST);
        }
        if (all.Clauses.All(clause => clause.Occur == Occur.MUST_NOT))
            all.Add(new MatchAllDocsQuery(), Occur.MUST);
        return all;
    }

    /// <summary>The terms of a text that is no query but a question or a document, with how often each occurs.</summary>
    public static Dictionary<string, float> TermsOf(string text)
    {
        var tokens = TextTokenizer.Tokenize(text);
        bool onlyStopWords = tokens.All(token => StopWords.Contains(token.Term));
        return tokens.Where(t => onlyStopWords || !StopWords.Contains(t.Term)).CountBy(t => t.Term).Take(MaxTerms)
            .ToDictionary(t => t.Key, t => (float)t.Value);
    }

    /// <summary>Any of the terms, the more the better, each counting by its weight.</summary>
    public static BooleanQuery BuildAny(IReadOnlyDictionary<string, float> terms)
    {
        var any = new BooleanQuery();
        foreach (var (term, weight) in terms)
        {
            var query = Term(IsOneUnspacedCharacter(term) ? IndexFields.Characters : IndexFields.Text, term);
            query.Boost = weight;
            any.Add(query, Occur.SHOULD);
        }
        return any;
    }

    /// <summary>Adds a filter on an exact value.</summary>
    public static void AddFilter(BooleanQuery query, string field, string value) =>
        query.Add(Unscored(new TermQuery(new Term(field, PostDocument.FoldUnit(value)))), Occur.MUST);

    /// <summary>Adds a filter on the time.</summary>
    public static void AddTime(BooleanQuery query, DateTime? since, DateTime? until)
    {
        if (since is not null || until is not null)
        {
            long? first = since is null ? null : Seconds(since.Value);
            long? last = until is null ? null : Seconds(until.Value) - 1;
            query.Add(Unscored(Range(IndexFields.Created, first, last)), Occur.MUST);
        }
    }

    private void AddGroup(BooleanQuery target, IReadOnlyList<QueryNode> group, Occur occur)
    {
        if (group.Count == 1)
        {
            var query = ToQuery(group[0]);
            target.Add(query, group[0].Negated ? Occur.MUST_NOT : occur);
            return;
        }
        var any = new BooleanQuery();
        foreach (var node in group)
        {
            var query = ToQuery(node);
            if (node.Negated)
                query = new BooleanQuery { { new MatchAllDocsQuery(), Occur.MUST }, { query, Occur.MUST_NOT } };
            any.Add(node.Scores ? query : Unscored(query), Occur.SHOULD);
        }
        target.Add(any, occur);
    }

    private Query ToQuery(QueryNode node)
    {
        switch (node.Operator)
        {
            case Operator.Words:
                return Words(node.Value, exact: false, highlight: !node.Negated);
            case Operator.Phrase:
                return Words(node.Value, exact: true, highlight: !node.Negated);
            case Operator.Title:
                var title = TextTokenizer.Tokenize(node.Value);
                Highlight(title, !node.Negated);
                return InField(IndexFields.Title, title, exact: true);
            case Operator.Tag:
                return Exact(IndexFields.Tag, node.Value);
            case Operator.CashTag:
                return Exact(IndexFields.CashTag, node.Value);
            case Operator.Mention:
                return Exact(IndexFields.Mention, node.Value);
            case Operator.From:
                return Unscored(Exact(IndexFields.AuthorHandle, node.Value));
            case Operator.To:
                return Unscored(Exact(IndexFields.To, node.Value));
            case Operator.Language:
                return Unscored(Exact(IndexFields.Language, node.Value));
            case Operator.Community:
                return Unscored(Exact(IndexFields.Community, node.Value));
            case Operator.Url:
                return Unscored(Exact(IndexFields.Domain, DomainOf(node.Value)));
            case Operator.Filter:
                return Unscored(new TermQuery(new Term(IndexFields.Is, node.Value)));
            case Operator.Since:
                return Unscored(Range(IndexFields.Created, Seconds(Date(node.Value)), null));
            case Operator.Until:
                return Unscored(Range(IndexFields.Created, null, Seconds(Date(node.Value)) - 1));
            default:
                long number = long.Parse(node.Value, CultureInfo.InvariantCulture);
                string field = node.Operator switch
                {
                    Operator.MinLikes => IndexFields.Likes,
                    Operator.MinReposts => IndexFields.Reposts,
                    Operator.MinReplies => IndexFields.Replies,
                    _ => IndexFields.Score,
                };
                return Unscored(node.Comparison switch
                {
                    ">" => number == long.MaxValue ? new BooleanQuery() : Range(field, number + 1, null),
                    "<" => number == long.MinValue ? new BooleanQuery() : Range(field, null, number - 1),
                    "<=" => Range(field, null, number),
                    "=" => Range(field, number, number),
                    _ => Range(field, number, null),
                });
        }
    }

    /// <summary>Text of one piece: in text or title, as a phrase or by its parts.</summary>
    private Query Words(string text, bool exact, bool highlight)
    {
        var tokens = TextTokenizer.Tokenize(text);
        Highlight(tokens, highlight);
        if (tokens.Count == 1)
        {
            var (field, term) = TermOf(tokens[0]);
            return Term(field, term);
        }
        if (exact || tokens.All(token => token.Kind == TokenKind.Word))
            return Either(InField(IndexFields.Text, tokens, exact: true), InField(IndexFields.Title, tokens, exact: true));
        var parts = new BooleanQuery();
        foreach (var unit in Units(tokens))
            parts.Add(Unit(unit), Occur.MUST);
        return parts.Clauses.Count == 1 ? parts.Clauses[0].Query : parts;
    }

    /// <summary>A word, or a run of pairs: two stand together, of more three fifths are enough.</summary>
    private static Query Unit(List<Token> unit)
    {
        if (unit.Count == 1)
        {
            var (field, term) = TermOf(unit[0]);
            return Term(field, term);
        }
        if (unit.Count == 2)
            return Either(InField(IndexFields.Text, unit, exact: true), InField(IndexFields.Title, unit, exact: true));
        var pairs = new BooleanQuery();
        foreach (string term in unit.Select(token => token.Term).Distinct())
            pairs.Add(Term(IndexFields.Text, term), Occur.SHOULD);
        pairs.MinimumNumberShouldMatch = Math.Max(1, (int)Math.Ceiling(pairs.Clauses.Count * 0.6));
        return pairs;
    }

    /// <summary>Groups tokens: pairs that overlap belong together.</summary>
    private static List<List<Token>> Units(List<Token> tokens)
    {
        List<List<Token>> units = [];
        for (int i = 0; i < tokens.Count; i++)
        {
            if (i > 0 && tokens[i].Kind == TokenKind.Bigram && tokens[i - 1].Kind == TokenKind.Bigram
                && tokens[i].Start < tokens[i - 1].End)
                units[^1].Add(tokens[i]);
            else
                units.Add([tokens[i]]);
        }
        return units;
    }

    private static Query InField(string field, List<Token> tokens, bool exact)
    {
        if (tokens.Count == 1)
            return new TermQuery(new Term(field, tokens[0].Term));
        var phrase = new PhraseQuery { Slop = exact ? 0 : 1 };
        foreach (var token in tokens)
            phrase.Add(new Term(field, token.Term));
        return phrase;
    }

    private static (string Field, string Text) TermOf(Token token) =>
        (IsOneUnspacedCharacter(token.Term) ? IndexFields.Characters : IndexFields.Text, token.Term);

    private static bool IsOneUnspacedCharacter(string term) => TextTokenizer.UnspacedLength(term, 0) == term.Length;

    private static Query Term(string field, string term) =>
        field == IndexFields.Characters
            ? new TermQuery(new Term(field, term))
            : Either(new TermQuery(new Term(IndexFields.Text, term)), new TermQuery(new Term(IndexFields.Title, term)));

    private static DisjunctionMaxQuery Either(Query text, Query title)
    {
        title.Boost = TitleBoost;
        return new DisjunctionMaxQuery(TieBreaker) { text, title };
    }

    private static TermQuery Exact(string field, string value) => new(new Term(field, PostDocument.FoldUnit(value)));

    private static ConstantScoreQuery Unscored(Query query) => new(query) { Boost = 0 };

    private static NumericRangeQuery<long> Range(string field, long? from, long? to) =>
        NumericRangeQuery.NewInt64Range(field, from, to, minInclusive: true, maxInclusive: true);

    /// <summary>Posts have whole seconds, rounded down: a bound between two seconds begins with the next.</summary>
    private static long Seconds(DateTime time) => PostDocument.Seconds((time > DateTime.MinValue ? time.AddTicks(-1) : time)) + 1;

    private static DateTime Date(string value) => DateTime.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string DomainOf(string value)
    {
        int scheme = value.IndexOf("://", StringComparison.Ordinal);
        string domain = scheme < 0 ? value : value[(scheme + 3)..];
        int end = domain.AsSpan().IndexOfAny('/', '?', '#');
        domain = end < 0 ? domain : domain[..end];
        return domain.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? domain[4..] : domain;
    }

    private static bool IsStopWord(QueryNode node) =>
        node.Operator == Operator.Words && TextTokenizer.Tokenize(node.Value).All(token => StopWords.Contains(token.Term));

    private void Highlight(List<Token> tokens, bool highlight)
    {
        if (highlight)
            _terms.UnionWith(tokens.Select(token => token.Term));
    }
}
