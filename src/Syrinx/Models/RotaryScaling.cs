using System.Text.Json;

namespace Syrinx.Models;

/// <summary>
/// How a longer context was stretched out of a shorter one, as <c>config.json</c> has it in <c>rope_scaling</c> or
/// <c>rope_parameters</c>: every frequency of the rotary embedding is divided by a factor. Known are <c>default</c> (1),
/// <c>linear</c> (one factor; <see href="https://arxiv.org/abs/2306.15595"/>) and <c>llama3</c>, which stretches only the long
/// waves (Grattafiori et al. 2024, <see href="https://arxiv.org/abs/2407.21783"/>; the formula is that of transformers'
/// modeling_rope_utils.py). Immutable.
/// </summary>
/// <param name="Type"><c>default</c>, <c>linear</c> or <c>llama3</c>.</param>
/// <param name="Factor">What long waves are stretched by.</param>
/// <param name="LowFrequencyFactor">Waves longer than the original context divided by this are stretched wholly; llama3.</param>
/// <param name="HighFrequencyFactor">Waves shorter than the original context divided by this are not stretched; llama3.</param>
/// <param name="OriginalContext">The context before it was stretched; llama3.</param>
public sealed record RotaryScaling(
    string Type, double Factor = 1, double LowFrequencyFactor = 1, double HighFrequencyFactor = 4, double OriginalContext = 8192)
{
    /// <summary>No stretching.</summary>
    public static RotaryScaling None { get; } = new("default");

    /// <summary>What the frequency of a wave is divided by.</summary>
    /// <param name="frequency">Radians a position.</param>
    public double Divisor(double frequency)
    {
        if (Type != "llama3")
            return Factor;
        double wave = 2 * Math.PI / frequency;
        if (wave < OriginalContext / HighFrequencyFactor)
            return 1;
        if (wave > OriginalContext / LowFrequencyFactor)
            return Factor;
        double share = ((OriginalContext / wave) - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
        return 1 / (((1 - share) / Factor) + share);
    }

    /// <summary>Reads the fields of a config.</summary>
    /// <param name="element">The value of <c>rope_scaling</c> or <c>rope_parameters</c>; null for none.</param>
    /// <param name="field">Its name, for messages.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    internal static RotaryScaling Read(JsonElement? element, string field, out string? problem)
    {
        problem = null;
        if (element is not { ValueKind: JsonValueKind.Object } values)
            return None;
        string type = (values.TryGetProperty("rope_type", out var name) || values.TryGetProperty("type", out name))
            && name.ValueKind == JsonValueKind.String ? name.GetString()! : "default";
        string? wrong = null;
        double Number(string key)
        {
            if (values.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.GetDouble() is > 0 and var number)
                return number;
            wrong ??= $"{field}.{key} must be a number above 0 for {field}.rope_type '{type}'";
            return 1;
        }
        var scaling = type switch
        {
            "default" => None,
            "linear" => new(type, Number("factor")),
            "llama3" => new(type, Number("factor"), Number("low_freq_factor"), Number("high_freq_factor"), Number("original_max_position_embeddings")),
            _ => None,
        };
        if (type is not ("default" or "linear" or "llama3"))
            wrong = $"{field}.rope_type '{type}' is not known: default, linear and llama3 are";
        else if (type == "llama3" && scaling.HighFrequencyFactor <= scaling.LowFrequencyFactor)
            wrong ??= $"{field}.high_freq_factor {scaling.HighFrequencyFactor} must be above low_freq_factor {scaling.LowFrequencyFactor}";
        problem = wrong;
        return scaling;
    }

    /// <summary>The value of <c>rope_scaling</c>; null for no stretching.</summary>
    internal JsonElement? ToJson() => Type switch
    {
        "linear" => JsonSerializer.SerializeToElement(new { rope_type = Type, factor = Factor }),
        "llama3" => JsonSerializer.SerializeToElement(new
        {
            rope_type = Type,
            factor = Factor,
            low_freq_factor = LowFrequencyFactor,
            high_freq_factor = HighFrequencyFactor,
            original_max_position_embeddings = (long)OriginalContext,
        }),
        _ => null,
    };
}
