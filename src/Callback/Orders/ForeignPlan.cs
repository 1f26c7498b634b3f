using System.Collections.Frozen;
using System.Globalization;

namespace Callback.Orders;

/// <summary>Reads numbers outside the Chinese plan by country code, trunk prefix and length; no finer than that, so a wrong digit inside is not seen.</summary>
internal static class ForeignPlan
{
    private const int LongestE164 = 15;
    private const int ShortestE164 = 8;

    /// <param name="Code">Country calling code.</param>
    /// <param name="Shortest">Fewest digits of a national number, without trunk prefix.</param>
    /// <param name="Longest">Most digits of it.</param>
    /// <param name="Trunk">What is dialed before it inside the country, or null.</param>
    private sealed record Plan(string Code, int Shortest, int Longest, string? Trunk);

    // Country, calling code, digits of a national number (fewest-most), trunk prefix.
    private const string Plans =
        """
        US 1 10-10 1 | CA 1 10-10 1 | PR 1 10-10 1 | GB 44 9-10 0 | IE 353 7-9 0 | FR 33 9-9 0 |
        DE 49 6-11 0 | NL 31 9-9 0 | BE 32 8-9 0 | LU 352 6-9 - | CH 41 9-9 0 | AT 43 7-12 0 |
        IT 39 8-11 - | ES 34 9-9 - | PT 351 9-9 - | DK 45 8-8 - | SE 46 7-9 0 | NO 47 8-8 - |
        FI 358 7-10 0 | PL 48 9-9 - | CZ 420 9-9 - | SK 421 9-9 0 | HU 36 8-9 06 | RO 40 9-9 0 |
        GR 30 10-10 - | BG 359 8-9 0 | UA 380 9-9 0 | TR 90 10-10 0 | IL 972 8-9 0 | AE 971 8-9 0 |
        SA 966 8-9 0 | IN 91 10-10 0 | PK 92 9-10 0 | BD 880 8-10 0 | LK 94 9-9 0 | JP 81 9-10 0 |
        KR 82 8-10 0 | TW 886 8-9 0 | HK 852 8-8 - | MO 853 8-8 - | SG 65 8-8 - | MY 60 8-10 0 |
        TH 66 8-9 0 | VN 84 9-10 0 | ID 62 8-12 0 | PH 63 8-10 0 | AU 61 9-9 0 | NZ 64 8-10 0 |
        BR 55 10-11 0 | MX 52 10-10 - | AR 54 10-11 0 | CL 56 9-9 - | CO 57 10-10 - | PE 51 8-9 0 |
        ZA 27 9-9 0 | EG 20 8-10 0 | NG 234 8-10 0 | KE 254 9-9 0 | RU 7 10-10 8
        """;

    private static readonly FrozenDictionary<string, Plan> ByCountry = Plans
        .Split('|', StringSplitOptions.TrimEntries)
        .Select(plan => plan.Split(' ', '-'))
        .ToFrozenDictionary(
            plan => plan[0],
            plan => new Plan(plan[1], int.Parse(plan[2], CultureInfo.InvariantCulture), int.Parse(plan[3], CultureInfo.InvariantCulture), plan[4].Length == 0 ? null : plan[4]));

    private static readonly FrozenDictionary<string, string> CountryByCode = ByCountry
        .Where(plan => plan.Value.Code != "1")
        .ToFrozenDictionary(plan => plan.Value.Code, plan => plan.Key);

    /// <param name="digits">Country code and number, without plus or zeros before.</param>
    public static ParsedPhone International(string digits, string? extension)
    {
        if (digits.Length is < ShortestE164 or > LongestE164 || digits[0] == '0')
            return ParsedPhone.Invalid;
        if (digits[0] == '1')
            return NorthAmerican(digits[1..], extension);
        // Kazakhstan shares +7 with Russia and tells itself by the next digit.
        if (digits[0] == '7' && digits[1] is '6' or '7' && digits.Length == 11)
            return Number(digits, extension, "KZ");
        for (var length = 3; length >= 1; length--)
        {
            if (CountryByCode.TryGetValue(digits[..length], out var country))
                return Fits(ByCountry[country], digits[length..]) ? Number(digits, extension, country) : ParsedPhone.Invalid;
        }
        return Number(digits, extension, null);
    }

    public static ParsedPhone National(string digits, string? extension, string country)
    {
        if (!ByCountry.TryGetValue(country, out var plan))
            return ParsedPhone.Invalid;
        if (plan.Code == "1")
            return NorthAmerican(digits is ['1', .. var rest] && digits.Length == 11 ? rest : digits, extension);
        if (plan.Trunk is { } trunk && digits.StartsWith(trunk, StringComparison.Ordinal) && Fits(plan, digits[trunk.Length..]))
            return Number(plan.Code + digits[trunk.Length..], extension, country);
        if (Fits(plan, digits) && (plan.Trunk is null || !digits.StartsWith('0')))
            return Number(plan.Code + digits, extension, country);
        return digits.StartsWith(plan.Code, StringComparison.Ordinal) && Fits(plan, digits[plan.Code.Length..])
            ? Number(digits, extension, country)
            : ParsedPhone.Invalid;
    }

    private static bool Fits(Plan plan, string national) => national.Length >= plan.Shortest && national.Length <= plan.Longest;

    private static ParsedPhone NorthAmerican(string national, string? extension) =>
        national.Length == 10 && national[0] >= '2' && national[3] >= '2'
            ? Number("1" + national, extension, NorthAmerica.Region(national[..3]))
            : ParsedPhone.Invalid;

    private static ParsedPhone Number(string digits, string? extension, string? region) =>
        new(PhoneKind.Foreign, new("+" + digits, extension), region);
}
