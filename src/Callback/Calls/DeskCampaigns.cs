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

    /// <summary>Running campaigns of each desk's shops that leave its agent in.</summary>
    internal async Task<IReadOnlyList<OpenCampaigns>> OfAsync(Session session, IReadOnlyList<AgentDesk> desks, DateTimeOffset now, CancellationToken ct)
    {
        var campaigns = await OfShopsAsync(session, [.. desks.SelectMany(desk => desk.Shops).Distinct()], now, ct);
        var taken = desks.Select(desk => desk.Shops.SelectMany(shop => campaigns[shop]).Where(facts => Takes(facts, desk.Agent, now)).ToList()).ToList();
        var passed = taken.TrueForAll(all => all.TrueForAll(facts => facts.RequiredCourse is null)) ? null : await PassedAsync(session, desks, ct);
        return [.. taken.Select((all, place) => new OpenCampaigns(
            [.. all.Where(facts => IsOpen(facts, place))],
            [.. all.Where(facts => !IsOpen(facts, place))]))];

        bool IsOpen(CampaignFacts facts, int place) => facts.RequiredCourse is not { } course || passed!.Contains((place, course));
    }

    /// <summary>A pass counts in every shop of the agent, wherever it was written down.</summary>
    private static async Task<HashSet<(int Place, string Course)>> PassedAsync(Session session, IReadOnlyList<AgentDesk> desks, CancellationToken ct) =>
        [.. await session.QueryAsync<(int, string)>(
            $"""
            select distinct d.place, p.course
            from {AgentDesk.Sql}
            join course_passes p on p.shop_id = d.shop_id and p.user_id = d.agent_id
            """,
            AgentDesk.Args(desks),
            ct)];

    /// <summary>A campaign that somebody chose and this node does not know was made a moment ago: its shop is read again.</summary>
    internal void LookAgain(IEnumerable<CampaignKey> chosen)
    {
        foreach (var made in chosen.Where(key => known.TryGetValue(key.Shop, out var there) && there.Campaigns.All(facts => facts.Campaign.CampaignId != key.CampaignId)))
            known.TryRemove(made.Shop, out _);
    }

    private static bool Takes(CampaignFacts facts, Guid agent, DateTimeOffset now) =>
        facts.Campaign.Status == CampaignStatus.Running
        && (facts.StartsAt is null || facts.StartsAt <= now)
        && (facts.EndsAt is null || now < facts.EndsAt)
        && (facts.Campaign.Settings.Agents.Count == 0 || facts.Campaign.Settings.Agents.Contains(agent));

    private async Task<Dictionary<ShopId, IReadOnlyList<CampaignFacts>>> OfShopsAsync(Session session, IReadOnlyCollection<ShopId> shops, DateTimeOffset now, CancellationToken ct)
    {
        var there = shops.ToDictionary(shop => shop, shop => known.TryGetValue(shop, out var one) && one.At <= now && now < one.At + Fresh ? one.Campaigns : null);
        var stale = shops.Where(shop => there[shop] is null).ToList();
        if (stale.Count > 0)
        {
            var read = (await reader.ListAsync(session, stale, now, ct)).ToLookup(facts => facts.Campaign.Shop);
            foreach (var shop in stale)
                known[shop] = new(now, there[shop] = [.. read[shop]]);
        }
        return there!;
    }

    private sealed record Known(DateTimeOffset At, IReadOnlyList<CampaignFacts> Campaigns);
}

/// <param name="Open">What the agent may take calls of.</param>
/// <param name="Locked">What is kept from the agent until the shop's course is passed.</param>
internal sealed record OpenCampaigns(IReadOnlyList<CampaignFacts> Open, IReadOnlyList<CampaignFacts> Locked);
