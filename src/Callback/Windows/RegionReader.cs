using System.Collections.Frozen;

namespace Callback.Windows;

/// <summary>Reads <c>config/regions</c>: <c>countries.yaml</c> for all countries, and a file of its own for each that needs more than its zones.</summary>
internal sealed class RegionReader
{
    private readonly Dictionary<string, CountryZones> countries = [];
    private readonly Dictionary<string, string> names = [];

    public static ZoneTable Read(string configFolder, ICollection<ConfigFinding> findings)
    {
        var reader = new RegionReader();
        foreach (var map in StrictYaml.OpenFolder(configFolder, "regions", findings).OrderBy(map => map.Has("country")))
            reader.File(map);
        return new(reader.countries.Values, reader.names);
    }

    private void File(YamlMap map)
    {
        if (map.Has("country"))
            Country(map);
        else
            Countries(map);
    }

    private void Countries(YamlMap map)
    {
        map.Only("countries");
        if (map.Map("countries", required: true) is not { } list)
            return;
        foreach (var code in list.Keys)
            if (!IsCode(code.Value))
                map.File.Error(code.Line, $"'{code.Value}' is not a country code of two capital letters");
            else if (Zones(list, code.Value) is { } zones)
                countries[code.Value] = Plain(code.Value, zones);
    }

    private void Country(YamlMap map)
    {
        map.Only("country", "names", "zones", "regions", "postcodes", "area_codes");
        if (map.Text("country", required: true) is not { } code || Zones(map, "zones", required: true) is not { } zones)
            return;
        if (!IsCode(code.Value))
            map.File.Error(code.Line, $"'{code.Value}' is not a country code of two capital letters");
        foreach (var name in map.Texts("names") ?? [])
            names[RegionNames.Normalize(name.Value)] = code.Value;
        countries[code.Value] = new(code.Value, zones, Regions(map, zones), ByZone(map, "postcodes"), ByZone(map, "area_codes"));
    }

    /// <summary>Regions with their spellings; where no zones are given, the country's hold.</summary>
    private static FrozenDictionary<string, ZoneKey> Regions(YamlMap map, ZoneKey country)
    {
        var regions = new Dictionary<string, ZoneKey>();
        foreach (var region in map.Maps("regions"))
        {
            region.Only("names", "zones");
            var zones = region.Has("zones") ? Zones(region, "zones") : country;
            foreach (var name in region.Texts("names", required: true) ?? [])
                if (zones is { } known && !regions.TryAdd(RegionNames.Normalize(name.Value), known))
                    map.File.Error(name.Line, $"'{name.Value}' is named twice");
        }
        return regions.ToFrozenDictionary();
    }

    /// <summary>Lists of prefixes or area codes, each with the zones they lie in.</summary>
    private static FrozenDictionary<string, ZoneKey> ByZone(YamlMap map, string key)
    {
        var found = new Dictionary<string, ZoneKey>();
        foreach (var entry in map.Maps(key))
        {
            entry.Only("zones", "codes");
            if (Zones(entry, "zones", required: true) is not { } zones)
                continue;
            foreach (var code in (entry.Texts("codes", required: true) ?? []).SelectMany(text => text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries), (text, code) => (text, code)))
                if (!found.TryAdd(code.code, zones))
                    map.File.Error(code.text.Line, $"'{code.code}' is named twice in '{key}'");
        }
        return found.ToFrozenDictionary();
    }

    private static ZoneKey? Zones(YamlMap map, string key, bool required = false)
    {
        if (map.Texts(key, required) is not { } ids)
            return null;
        var bad = ids.Where(id => !ZoneKey.IsZone(id.Value)).ToList();
        foreach (var id in bad)
            map.File.Error(id.Line, $"'{id.Value}' is not a time zone{Near(id.Value)}");
        return bad.Count == 0 && ids.Count > 0 ? ZoneKey.Of(ids.Select(id => id.Value)) : null;
    }

    private static string Near(string id) =>
        Nearest.Of(id, TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)) is { } near ? $"; did you mean '{near}'?" : "";

    private static bool IsCode(string text) => text.Length == 2 && text.All(char.IsAsciiLetterUpper);

    private static CountryZones Plain(string code, ZoneKey zones) =>
        new(code, zones, FrozenDictionary<string, ZoneKey>.Empty, FrozenDictionary<string, ZoneKey>.Empty, FrozenDictionary<string, ZoneKey>.Empty);
}
