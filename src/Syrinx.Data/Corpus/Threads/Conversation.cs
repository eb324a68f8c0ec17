namespace Syrinx.Data.Corpus.Threads;

/// <summary>A post of a conversation that is being written: its facts, its words, and what it answers.</summary>
internal sealed class ConversationPost(PostFacts facts, PostRecord record, string lang, ConversationPost? parent)
{
    public PostFacts Facts { get; } = facts;

    public PostRecord Record { get; } = record;

    /// <summary>Its language: <c>en</c>, …</summary>
    public string Lang { get; } = lang;

    public ConversationPost? Parent { get; } = parent;

    /// <summary>What answers it: first what its author went on to say, then by time.</summary>
    public List<ConversationPost> Children { get; } = [];

    public string Id => Record.Id;

    /// <summary>Title and text.</summary>
    public string Whole => Record.Whole;

    public bool IsPush => Facts.IsPush;

    /// <summary>Whether both are known to be written by one person.</summary>
    public bool IsBySameAs(ConversationPost other) => Facts.Author != PostFacts.None && Facts.Author == other.Facts.Author;

    /// <summary>Whether it goes on where its author stopped: a self-thread, or pushes in a row.</summary>
    /// <param name="previous">What stands before it.</param>
    public bool Continues(ConversationPost previous) =>
        IsBySameAs(previous) && (IsPush ? previous.IsPush && Parent == previous.Parent : Parent == previous);

    /// <summary>Loads a conversation, in reading order.</summary>
    public static List<ConversationPost> Load(int root, PostTable posts, ConversationForest forest)
    {
        List<ConversationPost> order = [];
        var byIndex = new Dictionary<int, ConversationPost>();
        foreach (int index in forest.ReadingOrder(root))
        {
            ref var facts = ref posts[index];
            var parent = index == root ? null : byIndex[forest.Parent(index)];
            var post = new ConversationPost(facts, posts.Read(index), posts.LanguageOf(facts), parent);
            parent?.Children.Add(post);
            byIndex.Add(index, post);
            order.Add(post);
        }
        return order;
    }
}
