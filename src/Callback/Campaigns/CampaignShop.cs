using System.Text.RegularExpressions;
using Callback.CallScripts;
using Callback.Database;
using Callback.Windows;

namespace Callback.Campaigns;

/// <summary>What a campaign has to know of its shop.</summary>
internal sealed record CampaignShop(ShopId ShopId, string Language, string Policy, bool Practice)
{
    /// <exception cref="ShopUnknownException">No such shop.</exception>
    public static async Task<CampaignShop> DemandAsync(Session session, ShopId shop, CancellationToken ct) =>
        await session.QuerySingleOrDefaultAsync<CampaignShop>("select shop_id, language, policy, practice from shops where shop_id = @shop", new { shop }, ct)
        ?? throw new ShopUnknownException(shop);

    /// <exception cref="InvalidInputException">The settings do not fit the shop.</exception>
    public void Demand(CampaignSettings settings, PolicyBook policies, IReadOnlyList<ScriptChoice> scripts)
    {
        var problems = CampaignPolicy.ValidateFor(settings, policies.Effective(Policy), scripts, Practice);
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
    }
}

internal static partial class CampaignCode
{
    /// <exception cref="InvalidInputException"><c>code-form</c>.</exception>
    public static string Demand(string code) =>
        Form().IsMatch(code) ? code : throw new InvalidInputException(Problem.Of("code-form", "code", ("value", code)));

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,47}\z")]
    private static partial Regex Form();
}
