using Syrinx.Models;

namespace Syrinx.Training;

/// <summary>A dialogue to tune on.</summary>
/// <param name="Turns">Its messages, oldest first.</param>
/// <param name="Validation">Whether it is kept for validation.</param>
public sealed record TuningDialogue(IReadOnlyList<ChatTurn> Turns, bool Validation);

/// <summary>What to tune, and on what.</summary>
/// <param name="Name">The tuned model's and the run's name.</param>
/// <param name="From">Folder or GGUF file of the model that is tuned.</param>
/// <param name="Recipe">The resolved recipe, of the model's shape.</param>
public sealed record TuneSettings(string Name, string From, TrainRecipe Recipe);
