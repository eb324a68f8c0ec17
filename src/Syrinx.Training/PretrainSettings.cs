using Syrinx.Tokens;

namespace Syrinx.Training;

/// <summary>What to pretrain, and from what.</summary>
/// <param name="Name">The model's and the run's name.</param>
/// <param name="Recipe">The resolved recipe.</param>
/// <param name="Input">A text file to train on instead of the home folder's corpus, or null.</param>
/// <param name="Validation">A text file to validate on; without it the last tenth of <paramref name="Input"/> is kept for that.</param>
/// <param name="Characters">Whether the tokens of <paramref name="Input"/> are its characters.</param>
/// <param name="VocabSize">Tokens that a tokenizer made for <paramref name="Input"/>, or for a corpus without one, shall have.</param>
/// <param name="From">Folder or GGUF file of a model to go on from, or null. Its shape must be the recipe's.</param>
public sealed record PretrainSettings(
    string Name, TrainRecipe Recipe, string? Input = null, string? Validation = null, bool Characters = false,
    int VocabSize = BpeTrainer.DefaultVocabulary, string? From = null);
