using Syrinx.Planning;
using Syrinx.Planning.Validation;

namespace Syrinx.Server.Components.Planning;

/// <summary>What the page shows of a request.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Plan">The answer.</param>
/// <param name="Ladder">The same on other counts, those that fit, the fewest first.</param>
internal sealed record PlanPicture(PlanRequest Request, TrainingPlan Plan, IReadOnlyList<TrainingPlan> Ladder);

/// <summary>
/// Plans for the page, and the planner's check against published runs, which is computed once. Remembers the last pictures, so that
/// going back costs nothing. Thread-safe.
/// </summary>
internal sealed class PlanBoard
{
    private const int Remembered = 200;
    private readonly Lock _lock = new();
    private readonly Dictionary<PlanRequest, PlanPicture> _pictures = [];
    private readonly Lazy<Task<ValidationReport>> _validation = new(() => Task.Run(PlannerValidation.Run));

    /// <summary>Counts along the curve and the slider: 1, 2, 3, 4, 6, 8, … 98,304, and 100,000.</summary>
    internal static IReadOnlyList<int> Counts { get; } =
        [1, .. Enumerable.Range(1, 16).SelectMany(power => new[] { 1 << power, 3 << (power - 1) }).Where(n => n < PlanRequest.MostAccelerators), PlanRequest.MostAccelerators];

    /// <summary>The planner beside published runs.</summary>
    internal Task<ValidationReport> Validation => _validation.Value;

    /// <summary>The picture of a request; milliseconds.</summary>
    internal PlanPicture Draw(PlanRequest request)
    {
        lock (_lock)
        {
            if (_pictures.TryGetValue(request, out var known))
                return known;
        }
        var plan = Planner.Plan(request);
        var counts = plan.SmallestCount is { } fewest ? Counts.Where(n => n > fewest).Prepend(fewest) : [];
        var picture = new PlanPicture(request, plan, Planner.Ladder(request, counts));
        lock (_lock)
        {
            if (_pictures.Count >= Remembered)
                _pictures.Clear();
            return _pictures[request] = picture;
        }
    }
}
