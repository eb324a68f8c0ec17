namespace Syrinx.Evaluation;

/// <summary>How much is measured. The same settings, model and corpus give the same numbers, whatever the threads. Immutable.</summary>
public sealed record EvaluationSettings
{
    /// <summary>Most held-out documents to predict.</summary>
    public int Documents { get; init; } = 1000;

    /// <summary>Most held-out dialogues to rank replies for.</summary>
    public int Dialogues { get; init; } = 200;

    /// <summary>Replies to tell apart, the true one included.</summary>
    public int Candidates { get; init; } = 50;

    /// <summary>Most answers to write.</summary>
    public int Answers { get; init; } = 100;

    /// <summary>Texts to write from nothing.</summary>
    public int Samples { get; init; } = 100;

    /// <summary>Secrets to rank a canary's secret among.</summary>
    public int References { get; init; } = 1023;

    /// <summary>Draws documents and dialogues, samples and resamples.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Checks the values.</summary>
    /// <exception cref="InputException">One is out of range.</exception>
    public EvaluationSettings Validated()
    {
        string? problem = this switch
        {
            { Documents: < 0 } => $"--documents {Documents} must not be negative",
            { Dialogues: < 0 } => $"--dialogues {Dialogues} must not be negative",
            { Candidates: < 10 } => $"{Candidates} candidates must be at least 10",
            { Answers: < 0 } or { Samples: < 0 } or { References: < 1 } => "answers and samples must not be negative, references at least 1",
            _ => null,
        };
        return problem is null ? this : throw new InputException($"Evaluation: {problem}.");
    }
}
