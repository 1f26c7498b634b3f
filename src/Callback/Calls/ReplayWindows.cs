using Callback.Campaigns;
using Callback.Database;
using Callback.Windows;

namespace Callback.Calls;

/// <summary>Asks the window policy again about every dial, at the moment of its gate: by the hours that were in force, where they still are.</summary>
public sealed class ReplayWindows(PolicyBook policies)
{
    private const int Batch = 10_000;

    internal async Task<InvariantReport> RunAsync(Session session, DateTimeOffset now, CancellationToken ct)
    {
        var hours = await HoursAsync(session, ct);
        var violations = new List<Violation>();
        long replayed = 0, found = 0;
        for (var last = new Dial("", Guid.Empty, Guid.Empty, CallKind.First, "", now, null); ;)
        {
            var dials = await DialsAsync(session, last, ct);
            foreach (var dial in dials)
                if (hours.TryGetValue(dial.CampaignId, out var known) && known.Fingerprint == dial.Fingerprint)
                {
                    replayed++;
                    if (State(known.Policy, dial) is not WindowState.Closed closed)
                        continue;
                    found++;
                    if (violations.Count < VerifyInvariants.MostShown)
                        violations.Add(new(dial.ShopId, $"attempt:{dial.AttemptId}", $"{dial.GatedAt:O} in {dial.ZoneKey}: {closed.Reason}"));
                }
            if (dials.Count < Batch)
                return new("replayed-window", "Every dial is inside its window when the policy is asked again (dials under the hours of today).", replayed, found, violations);
            last = dials[^1];
        }
    }

    private static WindowState State(EffectivePolicy policy, Dial dial) => dial.Kind == CallKind.Promised
        ? WindowPolicy.AtPromised(policy, new ZoneKey(dial.ZoneKey), dial.GatedAt)
        : WindowPolicy.At(policy, new ZoneKey(dial.ZoneKey), dial.GatedAt);

    private async Task<Dictionary<Guid, (EffectivePolicy Policy, string Fingerprint)>> HoursAsync(Session session, CancellationToken ct)
    {
        var hours = new Dictionary<Guid, (EffectivePolicy, string)>();
        foreach (var (shop, preset) in await session.QueryAsync<(string, string)>("select shop_id, policy from shops order by shop_id", null, ct))
            foreach (var campaign in policies.Find(preset) is null ? [] : await CampaignQueries.ListAsync(session, new ShopId(shop), ct))
            {
                var policy = policies.Effective(preset, campaign.Settings.Windows);
                hours[campaign.CampaignId] = (policy, PolicyFingerprint.Of(policy));
            }
        return hours;
    }

    private static Task<IReadOnlyList<Dial>> DialsAsync(Session session, Dial last, CancellationToken ct) => session.QueryAsync<Dial>(
        """
        select shop_id, attempt_id, campaign_id, kind, zone_key, gated_at, gate_facts ->> 'hours' as fingerprint
        from attempts
        where (shop_id, attempt_id) > (@ShopId, @AttemptId)
        order by shop_id, attempt_id
        limit @Batch
        """,
        new { last.ShopId, last.AttemptId, Batch },
        ct);

    private sealed record Dial(string ShopId, Guid AttemptId, Guid CampaignId, CallKind Kind, string ZoneKey, DateTimeOffset GatedAt, string? Fingerprint);
}
