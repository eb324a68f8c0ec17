namespace Syrinx.Planning.Shapes;

/// <summary>
/// L(N, D) = E + A/N^α + B/D^β: the loss that parameters and tokens buy, and the split of a compute budget that buys most.
/// </summary>
/// <param name="Name">Whose fit.</param>
/// <param name="E">Loss of text itself.</param>
/// <param name="A">Weight of the parameters.</param>
/// <param name="B">Weight of the tokens.</param>
/// <param name="Alpha">Exponent of the parameters.</param>
/// <param name="Beta">Exponent of the tokens.</param>
public sealed record Chinchilla(string Name, double E, double A, double B, double Alpha, double Beta)
{
    /// <summary>Hoffmann et al. 2022, approach 3.</summary>
    public static Chinchilla Hoffmann { get; } = new("Hoffmann et al. 2022", 1.6934, 406.40, 410.72, 0.33917, 0.28491);

    /// <summary>The same data fitted again by Besiroglu et al. 2024 (Epoch AI); A ± 124.5, B ± 1,293.3.</summary>
    public static Chinchilla Epoch { get; } = new("Besiroglu et al. 2024", 1.817, 482.01, 2085.43, 0.3478, 0.3658);

    /// <summary>Predicted loss in nats a token of the fit's own data (web text); on other text it is another number.</summary>
    public double Loss(double parameters, double tokens) =>
        E + A / Math.Pow(parameters, Alpha) + B / Math.Pow(tokens, Beta);

    /// <summary>The parameters and tokens with the lowest loss for C = 6·N·D FLOPs.</summary>
    public (double Parameters, double Tokens) Optimum(double flops)
    {
        double g = Math.Pow(Alpha * A / (Beta * B), 1 / (Alpha + Beta)), budget = flops / 6;
        return (g * Math.Pow(budget, Beta / (Alpha + Beta)), Math.Pow(budget, Alpha / (Alpha + Beta)) / g);
    }

    /// <summary>Tokens at which <paramref name="parameters"/> are the optimum.</summary>
    public double TokensFor(double parameters)
    {
        double g = Math.Pow(Alpha * A / (Beta * B), 1 / (Alpha + Beta));
        double budget = Math.Pow(parameters / g, (Alpha + Beta) / Beta);
        return budget / parameters;
    }
}
