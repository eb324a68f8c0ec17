namespace Syrinx.Inference;

/// <summary>How likely the model found a token.</summary>
/// <param name="Token">Its id.</param>
/// <param name="Logprob">The natural logarithm of its probability.</param>
public readonly record struct TokenLogprob(int Token, float Logprob);

/// <summary>What the model thought of one position, before sampling's settings changed it.</summary>
/// <param name="Chosen">The token that was taken.</param>
/// <param name="Top">The likeliest tokens, likeliest first.</param>
public sealed record TokenLogprobs(TokenLogprob Chosen, IReadOnlyList<TokenLogprob> Top);
