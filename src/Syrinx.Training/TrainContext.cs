using Syrinx.Training.Distributed;

namespace Syrinx.Training;

/// <summary>What a training needs of its surroundings; nothing in it changes the result but <paramref name="Threads"/>, and that only below the recipe's micro-batches.</summary>
/// <param name="Home">The home folder: <c>runs/NAME</c> and <c>models/NAME</c> are written.</param>
/// <param name="Threads">Threads to use, in each rank.</param>
/// <param name="Resume">Whether to go on from the run's newest checkpoint, if there is one.</param>
/// <param name="Progress">Told of every step.</param>
/// <param name="Note">Given lines for a person: the resolved recipe, texts that the model generates on the way.</param>
/// <param name="Cancel">When cancelled, the running step is finished and saved, then <see cref="OperationCanceledException"/> is thrown.</param>
public sealed record TrainContext(
    HomeFolder Home, int Threads, bool Resume = false, IProgress<StageProgress>? Progress = null, Action<string>? Note = null,
    CancellationToken Cancel = default)
{
    /// <summary>Time between two checkpoints; they are also saved when the number of steps is fixed, at the end and when cancelled.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The ranks that train together; this process alone by default. Rank 0 writes the files, reports progress and gives notes.</summary>
    public World World { get; init; } = World.Alone;
}
