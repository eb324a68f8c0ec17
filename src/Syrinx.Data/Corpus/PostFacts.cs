namespace Syrinx.Data.Corpus;

/// <summary>
/// What curation keeps in memory of one post, 80 bytes: everything but its words, which lie in the spill. Filled in stage by
/// stage. Scores are kept in ten-thousandths, as they are written, so that a label and the decision made on it agree.
/// </summary>
internal struct PostFacts
{
    /// <summary>No such post, author or host.</summary>
    public const int None = -1;

    /// <summary><see cref="Parent"/> of a post that answers or quotes one which is not in the store.</summary>
    public const int Absent = -2;

    /// <summary>Where its record lies in the spill; see <see cref="Threads.PostRecord"/>.</summary>
    public long RecordOffset;

    /// <summary><see cref="StableHash"/> of its thread's id.</summary>
    public ulong Thread;

    /// <summary>UTC ticks for sorting: unknown times are 0 and come first.</summary>
    public long Time;

    public int RecordLength;
    public int Index;

    /// <summary>Number of the author, or <see cref="None"/>.</summary>
    public int Author;

    /// <summary>What it answers or, failing that, quotes: a post, <see cref="None"/> or <see cref="Absent"/>.</summary>
    public int Parent;

    /// <summary>Number of its platform, kind and community; see <see cref="PostTable.Places"/>.</summary>
    public int Place;

    /// <summary>Number of its first link's host.</summary>
    public int HostNumber;

    /// <summary>The kept post of its duplicate cluster, or <see cref="None"/> where it has no duplicate.</summary>
    public int Cluster;

    /// <summary>The first post of its campaign, or <see cref="None"/>.</summary>
    public int Campaign;

    /// <summary>Likes, reposts, replies, quotes and votes in one number.</summary>
    public float Engagement;

    /// <summary>Weighted letters of the masked text.</summary>
    public float Weight;

    private ushort _langScore, _spam, _comeOn, _toxicity, _nsfw;

    /// <summary>Number of the language; see <see cref="PostTable.Languages"/>.</summary>
    public byte Lang;

    /// <summary>Links in and beside the text, 255 at most.</summary>
    public byte Links;

    /// <summary>Sign of its net votes: +1, 0, −1 of a push.</summary>
    public sbyte Vote;

    private byte _quality;

    /// <summary>Place in <see cref="DropReason.All"/> and one; 0: kept so far.</summary>
    private byte _dropped;

    private Flags _flags;

    [Flags]
    private enum Flags : byte
    {
        None = 0, HasText = 1, Masked = 2, IsQuestion = 4, IsPush = 8,
    }

    /// <summary>Whether there is something of its own to read.</summary>
    public bool HasText { readonly get => Has(Flags.HasText); set => Set(Flags.HasText, value); }

    /// <summary>Personal data, links or handles were masked: no answer of an assistant.</summary>
    public bool Masked { readonly get => Has(Flags.Masked); set => Set(Flags.Masked, value); }

    /// <summary>It ends in a question.</summary>
    public bool IsQuestion { readonly get => Has(Flags.IsQuestion); set => Set(Flags.IsQuestion, value); }

    /// <summary>A push under a BBS article.</summary>
    public bool IsPush { readonly get => Has(Flags.IsPush); set => Set(Flags.IsPush, value); }

    /// <summary>How sure the language is, 0…1.</summary>
    public double LangScore { readonly get => _langScore / 10_000.0; set => _langScore = Fixed(value); }

    public double Spam { readonly get => _spam / 10_000.0; set => _spam = Fixed(value); }

    public double ComeOn { readonly get => _comeOn / 10_000.0; set => _comeOn = Fixed(value); }

    public double Toxicity { readonly get => _toxicity / 10_000.0; set => _toxicity = Fixed(value); }

    public double Nsfw { readonly get => _nsfw / 10_000.0; set => _nsfw = Fixed(value); }

    /// <summary>How much can be learnt from the post alone, 0…1, in hundredths: the 80th byte.</summary>
    public double Quality { readonly get => _quality / 100.0; set => _quality = (byte)Math.Round(100 * Math.Clamp(value, 0, 1)); }

    /// <summary>UTC, or null.</summary>
    public readonly DateTime? CreatedAt => Time == 0 ? null : new DateTime(Time, DateTimeKind.Utc);

    /// <summary>Number of its first link's host, or null.</summary>
    public readonly int? Host => HostNumber == None ? null : HostNumber;

    /// <summary>Whether it answers or quotes another post, in the store or not.</summary>
    public readonly bool IsReply => Parent != None;

    /// <summary>See <see cref="DropReason"/>; null: kept so far.</summary>
    public string? Dropped
    {
        readonly get => _dropped == 0 ? null : DropReason.All[_dropped - 1];
        set => _dropped = value is null ? (byte)0 : (byte)(DropReason.NumberOf(value) + 1);
    }

    /// <summary>Not dropped so far.</summary>
    public readonly bool IsKept => _dropped == 0;

    /// <summary>FNV-1a over UTF-16, mixed: string.GetHashCode differs from run to run. 64 bits: that two of 10 million ids share
    /// one has a chance of 3 in a million.</summary>
    public static ulong StableHash(ReadOnlySpan<char> text)
    {
        ulong hash = 0xCBF29CE484222325UL;
        foreach (char c in text)
            hash = (hash ^ c) * 0x100000001B3UL;
        hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDUL;
        return hash ^ hash >> 33;
    }

    private static ushort Fixed(double score) => (ushort)Math.Round(10_000 * Math.Clamp(score, 0, 1));

    private readonly bool Has(Flags flag) => (_flags & flag) != 0;

    private void Set(Flags flag, bool value) => _flags = value ? _flags | flag : _flags & ~flag;
}
