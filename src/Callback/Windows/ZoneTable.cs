using System.Collections.Frozen;

namespace Callback.Windows;

/// <summary>Where a called party may be, from <c>config/regions</c>. Read once; safe to share.</summary>
public sealed class ZoneTable
{
    private readonly FrozenDictionary<string, CountryZones> countries;
    private readonly FrozenDictionary<string, string> countryNames;

    internal ZoneTable(IEnumerable<CountryZones> countries, IReadOnlyDictionary<string, string> countryNames)
    {
        this.countries = countries.ToFrozenDictionary(country => country.Code);
        this.countryNames = countryNames.ToFrozenDictionary();
    }

    /// <exception cref="RefusalException">A file is wrong; the message has one line for each error.</exception>
    public static ZoneTable Load(string configFolder)
    {
        var findings = new List<ConfigFinding>();
        var table = RegionReader.Read(configFolder, findings);
        return Findings.Errors(findings) is { } errors ? throw new RefusalException($"The regions cannot be used:{Environment.NewLine}{errors}") : table;
    }

    /// <summary>
    /// The order's own zone stands for the address; else postcode, region, country do, in this order of exactness. The number's area or country is asked too:
    /// where both are known and share no time, the call must be allowed in all of both. Only where neither says anything the shop's zone is assumed.
    /// </summary>
    /// <returns>Null: something was said that cannot be placed, so the order is not callable.</returns>
    public ZoneKey? Resolve(ZoneSources sources)
    {
        var address = Address(sources);
        var number = Number(sources.PhoneRegion);
        if (address is Place.Unknown || number is Place.Unknown)
            return null;
        return (address, number) switch
        {
            (Place.Known a, Place.Known n) => Both(a.Zones, n.Zones),
            (Place.Known a, _) => a.Zones,
            (_, Place.Known n) => n.Zones,
            _ => sources.AssumeShopZone && ZoneKey.IsZone(sources.ShopZone) ? ZoneKey.Of(sources.ShopZone) : null,
        };
    }

    /// <summary>Two sources that share a time agree, and the more exact one, which comes first, holds; two that share none both hold.</summary>
    private static ZoneKey Both(ZoneKey exact, ZoneKey other) =>
        ZoneClocks.Agree(exact, other) ? exact : ZoneKey.Of([.. exact.Ids, .. other.Ids]);

    private Place Address(ZoneSources sources)
    {
        if (!string.IsNullOrWhiteSpace(sources.OrderZone))
            return ZoneKey.IsZone(sources.OrderZone.Trim()) ? new Place.Known(ZoneKey.Of(sources.OrderZone.Trim())) : new Place.Unknown();
        if (string.IsNullOrWhiteSpace(sources.Country))
            return RegionAlone(sources.Region);
        var code = Code(sources.Country);
        if (code is null || !countries.TryGetValue(code, out var country))
            return new Place.Unknown();
        return new Place.Known((country.ByPostcode(sources.Postcode), country.ByRegion(sources.Region)) switch
        {
            ({ } postcode, { } region) => Both(postcode, region),
            var (postcode, region) => postcode ?? region ?? country.Zones,
        });
    }

    /// <summary>A region without a country: every country that has one of that name (WA is Washington and Western Australia). A name that none has says nothing.</summary>
    private Place RegionAlone(string? region)
    {
        var found = countries.Values.Select(country => country.ByRegion(region)).OfType<ZoneKey>().SelectMany(zones => zones.Ids).ToList();
        return found.Count == 0 ? new Place.Silent() : new Place.Known(ZoneKey.Of(found));
    }

    private Place Number(string? phoneRegion)
    {
        if (string.IsNullOrWhiteSpace(phoneRegion))
            return new Place.Silent();
        var parts = phoneRegion.Trim().Split('-', 2);
        if (!countries.TryGetValue(parts[0].ToUpperInvariant(), out var country))
            return new Place.Unknown();
        return new Place.Known(parts.Length == 2 && country.AreaCodes.TryGetValue(parts[1], out var area) ? area : country.Zones);
    }

    private string? Code(string country)
    {
        var upper = country.Trim().ToUpperInvariant();
        return countries.ContainsKey(upper) ? upper : countryNames.GetValueOrDefault(RegionNames.Normalize(country));
    }

    private abstract record Place
    {
        public sealed record Known(ZoneKey Zones) : Place;

        public sealed record Silent : Place;

        public sealed record Unknown : Place;
    }
}
