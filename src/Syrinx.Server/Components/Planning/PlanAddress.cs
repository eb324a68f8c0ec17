using Microsoft.AspNetCore.WebUtilities;
using Syrinx.Planning;
using Syrinx.Planning.Hardware;

namespace Syrinx.Server.Components.Planning;

/// <summary>A field of the plan page.</summary>
internal enum PlanField
{
    Parameters,
    Tokens,
    Count,
    Sequence,
    Price,
}

/// <summary>What is wrong with a field.</summary>
/// <param name="Least">The smallest value that can be planned.</param>
/// <param name="Most">The largest; <paramref name="IsNumber"/> tells whether that is the matter, or the spelling.</param>
/// <param name="IsNumber">The text is a number.</param>
internal sealed record PlanProblem(double Least, double Most, bool IsNumber);

/// <summary>
/// A plan as it stands in the page's address: texts as they were typed, so that it can be sent to somebody and a mistyped field
/// stays as it was typed. Immutable.
/// </summary>
public sealed record PlanAddress
{
    internal string Parameters { get; init; } = "70B";

    internal string Tokens { get; init; } = "10T";

    internal string Accelerator { get; init; } = "A100-80";

    internal string Count { get; init; } = "10000";

    /// <summary>Empty: the planner's.</summary>
    internal string Sequence { get; init; } = "";

    /// <summary>Empty: no cost is planned.</summary>
    internal string Price { get; init; } = "";

    /// <summary>The path and query.</summary>
    public override string ToString() => QueryHelpers.AddQueryString("/plan", new Dictionary<string, string?>
    {
        ["params"] = Parameters,
        ["tokens"] = Tokens,
        ["on"] = Accelerator,
        ["count"] = Count,
        ["seq"] = Sequence.Length > 0 ? Sequence : null,
        ["price"] = Price.Length > 0 ? Price : null,
    }.Where(entry => entry.Value is not null));

    /// <summary>What to plan; null while a field is wrong.</summary>
    internal PlanRequest? Read(out IReadOnlyDictionary<PlanField, PlanProblem> problems)
    {
        Dictionary<PlanField, PlanProblem> wrong = [];
        double parameters = Number(PlanField.Parameters, Parameters, PlanRequest.ParametersRange);
        double tokens = Number(PlanField.Tokens, Tokens, PlanRequest.TokensRange);
        double count = Number(PlanField.Count, Count, PlanRequest.CountRange);
        // a sequence cannot be longer than all there is to read
        var (least, most) = PlanRequest.SequenceRange;
        double? sequence = Sequence.Length == 0 ? null : Number(PlanField.Sequence, Sequence, (least, tokens > least ? Math.Min(most, tokens) : most));
        double? price = Price.Length == 0 ? null : Number(PlanField.Price, Price, PlanRequest.PriceRange);
        problems = wrong;
        return wrong.Count > 0 ? null : new()
        {
            Parameters = parameters,
            Tokens = tokens,
            Accelerator = Found,
            Count = (int)count,
            Sequence = (int?)sequence,
            PricePerGpuHour = price,
        };

        double Number(PlanField field, string text, (double Least, double Most) range)
        {
            bool isNumber = Quantity.TryParse(text, out double value);
            if (isNumber && value >= range.Least && value <= range.Most)
                return value;
            wrong[field] = new(range.Least, range.Most, isNumber);
            return 0;
        }
    }

    /// <summary>The accelerator of the address, or the first page's for a name that there is not.</summary>
    internal Accelerator Found => Accelerators.All.FirstOrDefault(a => a.Name == Accelerator) ?? Accelerators.Find("A100-80");
}
