using Callback.Campaigns;
using Callback.Database;

namespace Callback.Calls;

/// <summary>What a call needs to know of its shop.</summary>
internal sealed record ShopOfCall(string Name, string Zone, string Language, string Currency, string Policy, bool Practice, string Facts)
{
    private const string PracticeLine = "practice";

    public static Task<ShopOfCall> ReadAsync(Session session, ShopId shop, CancellationToken ct) => session.QuerySingleAsync<ShopOfCall>(
        "select name, zone, language, currency, policy, practice, facts::text as facts from shops where shop_id = @shop", new { shop }, ct);

    /// <summary>A shop of simulated customers always uses the practice line, and no other shop ever does.</summary>
    /// <returns>Null: the campaign names the practice line, and its customers are real.</returns>
    public string? LineOf(Campaign campaign) => (Practice, campaign.Settings.Line) switch
    {
        (true, _) => PracticeLine,
        (false, PracticeLine) => null,
        (false, var line) => line,
    };
}
