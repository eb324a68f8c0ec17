namespace Syrinx.Server.Safety;

/// <summary>How much one request may ask for; the chat's numbers are those that nanochat's public demo used.</summary>
public static class RequestLimits
{
    /// <summary>Largest request body.</summary>
    public const int BodyBytes = 1 << 20;

    /// <summary>Longest first line of a request: the longest question of a form in Chinese, nine characters each, and what leads back to it.</summary>
    public const int AddressBytes = 128 << 10;

    /// <summary>How long the head of a request may take.</summary>
    public static TimeSpan Headers { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Slowest that a body may come, once <see cref="BodyGrace"/> is over: Kestrel's own default.</summary>
    public const double BodyBytesPerSecond = 240;

    /// <summary>How long a body may be slower.</summary>
    public static TimeSpan BodyGrace { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Deepest nesting of a JSON body: schemas of replies and tools nest.</summary>
    public const int JsonDepth = 64;

    /// <summary>Messages in one conversation.</summary>
    public const int Messages = 500;

    /// <summary>Characters in one message.</summary>
    public const int MessageCharacters = 8_000;

    /// <summary>Characters of a visitor in one conversation.</summary>
    public const int ConversationCharacters = 32_000;

    /// <summary>Characters of a search query.</summary>
    public const int QueryCharacters = 1_000;

    /// <summary>Bytes that a page's browser may send at once: a brief of the ads page with every field full fits.</summary>
    public const int PageMessageBytes = 256 << 10;

    /// <summary>Choices of one request (<c>n</c>): each is decoded as a request of its own.</summary>
    public const int Choices = 16;
}
