using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Syrinx.Search;

namespace Syrinx.Server.Components.Finding;

/// <summary>A search as it stands in the page's address, so that it can be sent to somebody. Immutable.</summary>
public sealed record SearchAddress
{
    /// <summary>Hits on a page.</summary>
    internal const int Page = 20;

    internal string Text { get; init; } = "";

    internal string? Author { get; init; }

    internal string? Community { get; init; }

    internal string? Language { get; init; }

    /// <summary>The first day.</summary>
    internal DateOnly? Since { get; init; }

    /// <summary>The last day; it counts.</summary>
    internal DateOnly? Until { get; init; }

    internal bool Newest { get; init; }

    /// <summary>Hits shown.</summary>
    internal int Shown { get; init; } = Page;

    internal bool HasFilters => Author is not null || Community is not null || Language is not null || HasTime;

    internal bool HasTime => Since is not null || Until is not null;

    /// <summary>Nothing was asked.</summary>
    internal bool IsEmpty => Text.Length == 0 && !HasFilters;

    internal SearchQuery Query => new()
    {
        Text = Text,
        Author = Author,
        Community = Community,
        Language = Language,
        Since = Since?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
        Until = Until is { } last && last < DateOnly.MaxValue ? last.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) : null,
        Order = Newest ? SearchOrder.Newest : SearchOrder.Relevance,
        Limit = Shown,
    };

    /// <summary>The path and query.</summary>
    public override string ToString() => QueryHelpers.AddQueryString("/search", new Dictionary<string, string?>
    {
        ["q"] = Text.Length > 0 ? Text : null,
        ["author"] = Author,
        ["community"] = Community,
        ["lang"] = Language,
        ["since"] = Day(Since),
        ["until"] = Day(Until),
        ["order"] = Newest ? "newest" : null,
        ["n"] = Shown == Page ? null : Shown.ToString(CultureInfo.InvariantCulture),
    }.Where(entry => entry.Value is not null));

    /// <summary>As a date field and an address spell it.</summary>
    internal static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Null for what is no day.</summary>
    internal static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Null for nothing.</summary>
    internal static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
