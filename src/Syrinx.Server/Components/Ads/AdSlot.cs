using Syrinx.Ads;

namespace Syrinx.Server.Components.Ads;

/// <summary>A place for a text in the picture of an ad.</summary>
/// <param name="Field">Which field stands there.</param>
/// <param name="Index">Which text of a list.</param>
public readonly record struct AdSlot(AdField Field, int Index);
