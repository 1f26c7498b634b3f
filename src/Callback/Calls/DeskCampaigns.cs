using System.Collections.Concurrent;
using Callback.Campaigns;
using Callback.Database;
using Callback.Planning;

namespace Callback.Calls;

/// <summary>
/// The campaigns an agent may take calls of. What a node knows of a shop's campaigns is up to two seconds old here: it chooses where to look, and the dial gate
/// reads everything afresh.
/// </summary>
public sealed class DeskCampaigns(CampaignFactsReader reader)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<ShopId, Known> known = new();

    /// <summary>Running campaigns of the agent's shops that leave this agent in, without those of shops that first ask for a course.</summary>
    internal async Task<IReadOnlyList<CampaignFacts>> ForAgentAsync(
        Session session, IReadOnlyList<ShopId> shops, Guid agent, DateTimeOffset now, CancellationToken ct) =>
        (await OpenAndLockedAsync(session, shops, agent, now, ct)).Open;

    /// <summary>The same, and what is kept from the agent until the course is passed.</summary>
    internal async Task<(IReadOnlyList<CampaignFacts> Open, IReadOnlyList<CampaignFacts> Locked)> OpenAndLockedAsync(
        Session session, IReadOnlyList<ShopId> shops, Guid agent, DateTimeOffset now, CancellationToken ct)
    {
        var all = new List<CampaignFacts>();
        foreach (var shop in shops)
            all.AddRange((await OfShopAsync(session, shop, now, ct)).Where(facts => Takes(facts, agent, now)));
        if (all.TrueForAll(facts => facts.RequiredCourse is null))
            return (all, []);
        var passed = await PassedAsync(session, shops, agent, ct);
        return ([.. all.Where(facts => IsOpen(facts, passed))], [.. all.Where(facts => !IsOpen(facts, passed))]);
    }

    private static bool IsOpen(CampaignFacts facts, IReadOnlyCollection<string> passed) => facts.RequiredCourse is not { } course || passed.Contains(course);

    /// <summary>A pass counts in every shop of the agent, wherever it was written down.</summary>
    private static Task<IReadOnlyList<string>> PassedAsync(Session session, IReadOnlyList<ShopId> shops, Guid agent, CancellationToken ct) =>
        session.QueryAsync<string>(
            "select distinct course from course_passes where shop_id = any(@shops) and user_id = @agent",
            new { shops = shops.Select(shop => shop.Value).ToArray(), agent },
            ct);

    /// <summary>Of those, the ones the agent chose now or before; none chosen means all.</summary>
    internal async Task<IReadOnlyList<CampaignFacts>> ChosenAsync(
        Session session, IReadOnlyList<ShopId> shops, Guid agent, IReadOnlyList<CampaignKey>? choice, DateTimeOffset now, CancellationToken ct)
    {
        // A campaign that is chosen and not known was made a moment ago.
        foreach (var made in choice?.Where(key => known.TryGetValue(key.Shop, out var there) && there.Campaigns.All(facts => facts.Campaign.CampaignId != key.CampaignId)) ?? [])
            known.TryRemove(made.Shop, out _);
        var all = await ForAgentAsync(session, shops, agent, now, ct);
        var ids = choice?.Select(key => key.CampaignId).ToHashSet() ?? [.. await BeforeAsync(session, shops, agent, ct)];
        var chosen = all.Where(facts => ids.Contains(facts.Campaign.CampaignId)).ToList();
        return ids.Count == 0 ? all : chosen;
    }

    private static async Task<Guid[]> BeforeAsync(Session session, IReadOnlyList<ShopId> shops, Guid agent, CancellationToken ct) =>
        [.. (await session.QueryAsync<Guid>(
            """
            select distinct unnest(campaign_ids)
            from agent_states
            where shop_id = any(@shops) and user_id = @agent
            """,
            new { shops = shops.Select(shop => shop.Value).ToArray(), agent },
            ct))];

    private static bool Takes(CampaignFacts facts, Guid agent, DateTimeOffset now) =>
        facts.Campaign.Status == CampaignStatus.Running
        && (facts.StartsAt is null || facts.StartsAt <= now)
        && (facts.EndsAt is null || now < facts.EndsAt)
        && (facts.Campaign.Settings.Agents.Count == 0 || facts.Campaign.Settings.Agents.Contains(agent));

    private async Task<IReadOnlyList<CampaignFacts>> OfShopAsync(Session session, ShopId shop, DateTimeOffset now, CancellationToken ct)
    {
        if (known.TryGetValue(shop, out var there) && there.At <= now && now < there.At + Fresh)
            return there.Campaigns;
        var campaigns = await reader.ListAsync(session, shop, now, ct);
        known[shop] = new(now, campaigns);
        return campaigns;
    }

    private sealed record Known(DateTimeOffset At, IReadOnlyList<CampaignFacts> Campaigns);
}
