using Syrinx.Data.Corpus.Privacy;
using Syrinx.Data.Corpus.Threads;

namespace Syrinx.Data.Corpus;

/// <summary>Where a post was written.</summary>
internal readonly record struct PostPlace(string Platform, string Kind, string? Community);

/// <summary>
/// All posts of a run: 80 bytes of facts a post in memory, in the store's order, and their words on disk. What repeats (boards,
/// languages, hosts, authors) is kept once, by number.
/// </summary>
internal sealed class PostTable(TextSpill texts)
{
    private readonly Column<PostFacts> _facts = new();
    private readonly Numbers<PostPlace> _places = new();
    private readonly Numbers<string> _languages = new();
    private readonly Numbers<string> _hosts = new();
    private readonly Numbers<string> _authors = new();
    private readonly List<Column<float>> _own = []; // a column a label of a user's own
    private readonly Dictionary<int, IReadOnlyList<PersonalDataSpan>> _personalData = []; // few posts have any

    public int Count => _facts.Count;

    public IReadOnlyList<PostPlace> Places => _places.Values;

    public IReadOnlyList<string> Languages => _languages.Values;

    public IReadOnlyList<string> Hosts => _hosts.Values;

    /// <summary>Ids of the authors.</summary>
    public IReadOnlyList<string> Authors => _authors.Values;

    public ref PostFacts this[int index] => ref _facts[index];

    /// <summary>The author's number, or <see cref="PostFacts.None"/> of one who has no post here.</summary>
    public int AuthorOf(string id) => _authors.Find(id);

    /// <summary>Adds the next post.</summary>
    public void Add(PostReading reading, long recordOffset, int recordLength)
    {
        var post = reading.Post;
        for (int label = 0; label < reading.Own.Length; label++)
        {
            if (_own.Count == label)
                _own.Add(new());
            _own[label].Add(reading.Own[label]);
        }
        if (reading.Places.Count > 0)
            _personalData.Add(Count, reading.Places);
        _facts.Add(new PostFacts
        {
            Index = Count,
            RecordOffset = recordOffset,
            RecordLength = recordLength,
            Thread = PostFacts.StableHash(post.ThreadId),
            Time = post.CreatedAt?.Ticks ?? 0,
            Author = post.AuthorId is null ? PostFacts.None : _authors.Of(post.AuthorId),
            Parent = PostFacts.None,
            Place = _places.Of(new(post.Platform, post.Kind, post.Community)),
            HostNumber = reading.Signals.Host is null ? PostFacts.None : _hosts.Of(reading.Signals.Host),
            Cluster = PostFacts.None,
            Campaign = PostFacts.None,
            Engagement = (float)((post.Likes ?? 0) + 2.0 * (post.Reposts ?? 0) + (post.Replies ?? 0) + 2.0 * (post.Quotes ?? 0)
                + Math.Max(0, post.Score ?? 0)),
            Weight = reading.Weight,
            Lang = (byte)Math.Min(_languages.Of(reading.Language.Lang), byte.MaxValue),
            LangScore = reading.Language.Score,
            Spam = reading.Signals.Spam,
            ComeOn = reading.Signals.ComeOn,
            Toxicity = reading.Signals.Toxicity,
            Nsfw = reading.Signals.Nsfw,
            Quality = reading.Quality,
            Links = (byte)Math.Min(reading.Signals.Links, byte.MaxValue),
            Vote = (sbyte)Math.Sign(post.Score ?? 0),
            HasText = reading.Reason is null,
            Masked = reading.Masked,
            IsQuestion = reading.IsQuestion,
            IsPush = post.Kind == "push",
            Dropped = reading.Reason,
        });
    }

    /// <summary>Adds the next post, of which only some things are known.</summary>
    /// <param name="facts">What is known; the numbers of post, author and host are filled in.</param>
    /// <param name="author">Id of its author, or null.</param>
    /// <param name="host">Host of its first link, or null.</param>
    public void Add(PostFacts facts, string? author, string? host) => _facts.Add(facts with
    {
        Index = Count,
        Author = author is null ? PostFacts.None : _authors.Of(author),
        HostNumber = host is null ? PostFacts.None : _hosts.Of(host),
    });

    /// <summary>A post's words, as they were set aside.</summary>
    public PostRecord Read(int index)
    {
        ref var facts = ref this[index];
        return texts.Read(facts.RecordOffset, facts.RecordLength, PostRecord.Decode);
    }

    /// <summary>A post's id.</summary>
    public string IdOf(int index)
    {
        // ids are short, and the words behind them need not be read
        const int Most = 256;
        ref var facts = ref this[index];
        return texts.Read(facts.RecordOffset, Math.Min(facts.RecordLength, Most), PostRecord.DecodeId) ?? Read(index).Id;
    }

    /// <summary>Where personal data stands in a post's text, in Unicode code points.</summary>
    public IReadOnlyList<PersonalDataSpan> PersonalDataOf(int index) => _personalData.GetValueOrDefault(index, []);

    /// <summary>A post's score by the n-th of a user's own labels, 0…1.</summary>
    public float OwnOf(int index, int label) => _own[label][index];

    /// <summary>A post's language: <c>en</c>, …</summary>
    public string LanguageOf(in PostFacts post) => Languages[post.Lang];

    /// <summary>
    /// Indices sorted by a key, and by index where keys are the same; posts whose key is negative are left out. Whoever wants
    /// groups walks along equal keys.
    /// </summary>
    public Groups GroupBy(Func<int, int> keyOf)
    {
        int most = -1, count = 0;
        for (int i = 0; i < Count; i++)
        {
            int key = keyOf(i);
            most = Math.Max(most, key);
            count += key >= 0 ? 1 : 0;
        }
        // starts[k + 1] is where the next member of k goes, and so in the end where k + 1 begins
        var starts = new int[most + 3];
        for (int i = 0; i < Count; i++)
        {
            if (keyOf(i) is >= 0 and var key)
                starts[key + 2]++;
        }
        for (int k = 2; k < starts.Length; k++)
            starts[k] += starts[k - 1];
        var members = new int[count];
        for (int i = 0; i < Count; i++)
        {
            if (keyOf(i) is >= 0 and var key)
                members[starts[key + 1]++] = i;
        }
        return new(starts, members);
    }

    /// <summary>Posts by a key, each group in the store's order; a group may be empty.</summary>
    internal readonly record struct Groups(int[] Starts, int[] Members)
    {
        public int Count => Starts.Length - 2;

        public ReadOnlySpan<int> this[int key] => Members.AsSpan(Starts[key]..Starts[key + 1]);
    }

    /// <summary>Numbers values in the order in which they come.</summary>
    private sealed class Numbers<T> where T : notnull
    {
        private readonly Dictionary<T, int> _numbers = [];

        public List<T> Values { get; } = [];

        public int Find(T value) => _numbers.GetValueOrDefault(value, PostFacts.None);

        public int Of(T value)
        {
            if (!_numbers.TryGetValue(value, out int number))
            {
                _numbers.Add(value, number = Values.Count);
                Values.Add(value);
            }
            return number;
        }
    }
}
