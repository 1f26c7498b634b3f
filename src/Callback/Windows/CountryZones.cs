using System.Collections.Frozen;

namespace Callback.Windows;

/// <summary>The zones of one country: its own, those of its regions, of postcode prefixes and of area codes.</summary>
internal sealed record CountryZones(
    string Code,
    ZoneKey Zones,
    FrozenDictionary<string, ZoneKey> Regions,
    FrozenDictionary<string, ZoneKey> Postcodes,
    FrozenDictionary<string, ZoneKey> AreaCodes)
{
    private readonly int longest = Postcodes.Keys.Select(prefix => prefix.Length).DefaultIfEmpty(0).Max();

    /// <summary>The zones of the longest known prefix, or null.</summary>
    public ZoneKey? ByPostcode(string? postcode)
    {
        var plain = string.Concat((postcode ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        for (var length = Math.Min(longest, plain.Length); length > 0; length--)
            if (Postcodes.TryGetValue(plain[..length], out var zones))
                return zones;
        return null;
    }

    public ZoneKey? ByRegion(string? region) =>
        string.IsNullOrWhiteSpace(region) ? null : Regions.TryGetValue(RegionNames.Normalize(region), out var zones) ? zones : null;
}
