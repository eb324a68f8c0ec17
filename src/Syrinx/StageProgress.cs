namespace Syrinx;

/// <summary>
/// How far a long job is. Stages report it through <see cref="IProgress{T}"/> as often as they like (a few times a
/// second is plenty); whoever listens works out rate and time left.
/// </summary>
/// <param name="Stage">What is being done, in the present: <c>import</c>, <c>train</c>.</param>
/// <param name="Done">Units done so far.</param>
/// <param name="Total">Units in all, or null where that is not known.</param>
/// <param name="Unit">What is counted, in the plural: <c>posts</c>, <c>bytes</c>, <c>steps</c>.</param>
/// <param name="Detail">Whatever else belongs on the line: <c>loss 3.21</c>.</param>
public readonly record struct StageProgress(string Stage, double Done, double? Total, string Unit, string Detail = "");
