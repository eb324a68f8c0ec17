using Syrinx.Search;

namespace Syrinx.Server.Chat;

/// <summary>A conversation of one visitor with the assistant.</summary>
public sealed class Conversation
{
    /// <summary>128 random bits in hexadecimal: cannot be guessed.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is: see <see cref="ConversationOwner"/>.</summary>
    public required string Owner { get; init; }

    /// <summary>What the list shows.</summary>
    public required string Title { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When the last message came, UTC.</summary>
    public required DateTime UpdatedAt { get; set; }

    /// <summary>Oldest first; empty in lists.</summary>
    public List<ConversationMessage> Messages { get; init; } = [];
}

/// <summary>One message of a conversation, the visitor's or the assistant's.</summary>
public sealed class ConversationMessage
{
    /// <summary>Given by the database; ascending within a conversation.</summary>
    public long Id { get; init; }

    /// <summary>The conversation that it belongs to.</summary>
    public string ConversationId { get; set; } = "";

    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    /// <summary>What the visitor wrote, or the answer's sentences with their [1] marks.</summary>
    public required string Text { get; init; }

    /// <summary>The assistant's answer out of retrieved posts; null for a visitor's message.</summary>
    public Answer? Answer { get; init; }

    /// <summary>What the model said in its own words; null where it said nothing.</summary>
    public string? ModelText { get; init; }

    /// <summary>The model that said it.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the visitor stopped it before its end.</summary>
    public bool Stopped { get; init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }
}
