using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Syrinx.Server.Safety;

namespace Syrinx.Server.Chat;

/// <summary>
/// The visitors' conversations. Every call says whose they are: another's conversation is as good as not there.
/// Safe to share between threads.
/// </summary>
public sealed class Conversations(AppDb database, TimeProvider time)
{
    /// <summary>The owner's conversations without their messages, the latest first.</summary>
    public async Task<IReadOnlyList<Conversation>> List(string owner, CancellationToken cancel = default)
    {
        await using var db = database.Context();
        return await db.Conversations.AsNoTracking().Where(c => c.Owner == owner)
            .OrderByDescending(c => c.UpdatedAt).ThenBy(c => c.Id).ToListAsync(cancel);
    }

    /// <summary>The conversation with its messages; null where the owner has none of that id.</summary>
    public async Task<Conversation?> Get(string owner, string id, CancellationToken cancel = default)
    {
        await using var db = database.Context();
        return await db.Conversations.AsNoTracking().Include(c => c.Messages.OrderBy(m => m.Id))
            .FirstOrDefaultAsync(c => c.Id == id && c.Owner == owner, cancel);
    }

    /// <summary>Begins a conversation.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="title">Shortened where it is long; usually the first question.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Conversation> Create(string owner, string title, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var conversation = new Conversation
        {
            Id = RandomNumberGenerator.GetHexString(32, lowercase: true),
            Owner = owner,
            Title = TitleOf(title),
            CreatedAt = now,
            UpdatedAt = now,
        };
        await using var db = database.Context();
        db.Add(conversation);
        await db.SaveChangesAsync(cancel);
        return conversation;
    }

    /// <summary>Adds a message at the end.</summary>
    /// <returns>False where the owner has no such conversation.</returns>
    /// <exception cref="InputException">The message or the conversation is too long.</exception>
    public async Task<bool> Append(string owner, string id, ConversationMessage message, CancellationToken cancel = default)
    {
        if (message.Role == "user" && message.Text.Length > RequestLimits.MessageCharacters)
            throw new InputException(
                $"The message has {message.Text.Length} characters; at most {RequestLimits.MessageCharacters} are taken.");
        await using var db = database.Context();
        var conversation = await db.Conversations.FirstOrDefaultAsync(c => c.Id == id && c.Owner == owner, cancel);
        if (conversation is null)
            return false;
        if (await db.Messages.CountAsync(m => m.ConversationId == id, cancel) >= RequestLimits.Messages)
            throw new InputException(
                $"The conversation has {RequestLimits.Messages} messages, as many as there may be; begin a new one.");
        if (message.Role == "user")
        {
            int characters = await db.Messages.Where(m => m.ConversationId == id && m.Role == "user")
                .SumAsync(m => m.Text.Length, cancel);
            if (characters + message.Text.Length > RequestLimits.ConversationCharacters)
            {
                throw new InputException(
                    $"The conversation would have {characters + message.Text.Length} characters; "
                        + $"at most {RequestLimits.ConversationCharacters} are taken. Begin a new one.");
            }
        }
        conversation.UpdatedAt = message.CreatedAt = time.GetUtcNow().UtcDateTime;
        message.ConversationId = id;
        db.Add(message);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Takes the last question and its reply back, so that it can be asked again.</summary>
    /// <returns>False where the owner has no such conversation, or nobody has asked anything in it.</returns>
    public async Task<bool> TakeBackLast(string owner, string id, CancellationToken cancel = default)
    {
        await using var db = database.Context();
        if (!await db.Conversations.AnyAsync(c => c.Id == id && c.Owner == owner, cancel))
            return false;
        long? question = await db.Messages.Where(m => m.ConversationId == id && m.Role == "user")
            .MaxAsync(m => (long?)m.Id, cancel);
        return question is not null
            && await db.Messages.Where(m => m.ConversationId == id && m.Id >= question).ExecuteDeleteAsync(cancel) > 0;
    }

    /// <summary>Gives another title.</summary>
    /// <returns>False where the owner has no such conversation.</returns>
    public async Task<bool> Rename(string owner, string id, string title, CancellationToken cancel = default)
    {
        string shortened = TitleOf(title);
        await using var db = database.Context();
        return await db.Conversations.Where(c => c.Id == id && c.Owner == owner)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Title, shortened), cancel) > 0;
    }

    /// <summary>Deletes a conversation for good.</summary>
    /// <returns>False where the owner has no such conversation.</returns>
    public async Task<bool> Delete(string owner, string id, CancellationToken cancel = default)
    {
        await using var db = database.Context();
        bool deleted = await db.Conversations.Where(c => c.Id == id && c.Owner == owner).ExecuteDeleteAsync(cancel) > 0;
        database.Checkpoint();
        return deleted;
    }

    /// <summary>Deletes all of the owner's conversations for good, and says how many.</summary>
    public async Task<int> DeleteAll(string owner, CancellationToken cancel = default)
    {
        await using var db = database.Context();
        int deleted = await db.Conversations.Where(c => c.Owner == owner).ExecuteDeleteAsync(cancel);
        database.Checkpoint();
        return deleted;
    }

    /// <summary>A title as it is kept: one line, at most 60 characters.</summary>
    internal static string TitleOf(string title)
    {
        string line = string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var text = new System.Globalization.StringInfo(line);
        return text.LengthInTextElements <= 60 ? line : text.SubstringByTextElements(0, 60) + "…";
    }
}
