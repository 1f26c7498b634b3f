using System.Globalization;

namespace TwilioFake.Webhooks;

/// <summary>
/// What the fragment of a webhook's address says about connecting: <c>#rc=2&amp;rp=all</c>. Without one Twilio tries once more after a connection that could not be made,
/// and not after an answer, however bad.
/// </summary>
internal sealed record Overrides(string Url, int Retries, IReadOnlyList<string> On, TimeSpan Connect, TimeSpan Read, TimeSpan Total)
{
    public static Overrides Of(string address)
    {
        var cut = address.IndexOf('#', StringComparison.Ordinal);
        var said = cut < 0
            ? []
            : address[(cut + 1)..].Split('&').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToDictionary(part => part[0], part => part[1]);
        return new(
            cut < 0 ? address : address[..cut], Number(said, "rc", 0, 5, 1), [.. said.GetValueOrDefault("rp", "ct").Split(',')],
            TimeSpan.FromMilliseconds(Number(said, "ct", 100, 10000, 5000)), TimeSpan.FromMilliseconds(Number(said, "rt", 100, 15000, 15000)),
            TimeSpan.FromMilliseconds(Number(said, "tt", 100, 15000, 15000)));
    }

    /// <summary>Whether the failure is one that is tried again.</summary>
    public bool Again(int? status, string? failure)
    {
        var reason = (status, failure) switch
        {
            ( >= 500, _) => "5xx",
            ( >= 400, _) => "4xx",
            (null, "time-out") => "rt",
            (null, _) => "ct",
            _ => null,
        };
        return reason is not null && (On.Contains(reason) || On.Contains("all"));
    }

    private static int Number(Dictionary<string, string> said, string key, int least, int most, int otherwise) =>
        said.TryGetValue(key, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, least, most) : otherwise;
}
