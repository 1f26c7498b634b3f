using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;
using Callback.Windows;

namespace Callback.Calls.LineUse;

/// <summary>How one shop uses the provider's line.</summary>
/// <param name="CallerId">The number customers see; null: calls cannot be made yet.</param>
/// <param name="Recording">As the shop wants it.</param>
/// <param name="InForce">As it is done: the policy may ask for the notice or forbid it.</param>
/// <param name="Rule">What the shop's policy says of recording.</param>
public sealed record ShopLine(ShopId Shop, string ShopName, string Line, string? CallerId, CallRecording Recording, CallRecording InForce, RecordingRule Rule, bool MachineDetection);

/// <summary>Lists how every shop with real customers uses the line.</summary>
public sealed class GetLineSettings(Db db, Telephony.Lines lines, PolicyBook policies, PersonalDataVault vault)
{
    /// <returns>Empty where no such line is configured.</returns>
    public async Task<IReadOnlyList<ShopLine>> RunAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ManageLines);
        if (lines.Bridge is not { } line)
            return [];
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var shops = await session.QueryAsync<(string Shop, string Name, string Policy)>(
            "select shop_id, name, policy from shops where not practice and closed_at is null order by shop_id", null, ct);
        var all = new List<ShopLine>();
        foreach (var (shop, name, policy) in shops)
        {
            var settings = await LineSettings.ReadAsync(session, new(shop), line.Name, ct);
            var rule = policies.Find(policy)?.Rules.Recording ?? RecordingRule.ConsentOfAll;
            all.Add(new(
                new(shop), name, line.Name, settings.CallerId(vault), settings.Recording, RecordingPolicy.InForce(settings.Recording, rule), rule, settings.MachineDetection));
        }
        return all;
    }
}
