using Callback.Chaos.Actors;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Faults;

/// <summary>Trouble on the wires to the database and to the provider: slow, cut, swallowed, refused; for a while on all connections, or by lot on each new one.</summary>
internal sealed class NetworkTrouble(Arena arena, Ledger ledger)
{
    public async Task StrikeAsync(Dice dice, CancellationToken ct)
    {
        var (name, proxy) = dice.Chance(0.5) ? ("database", arena.DatabaseProxy) : ("provider", arena.PhoneProxy);
        var fault = FaultOf(dice, name);
        var byLot = dice.Chance(0.25);
        ledger.Did("network", new { name, byLot, fault.Refuse, fault.Blackhole, fault.Latency, fault.CutReplyAfter, fault.CutRequestAfter });
        if (byLot)
            proxy.Draw = () => dice.Chance(0.4) ? FaultOf(dice, name) : LinkFault.None;
        else
            proxy.Fault = fault;
        await Wait.QuietlyAsync(dice.Between(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(4)), ct);
        (proxy.Fault, proxy.Draw) = (LinkFault.None, null);
        if (dice.Chance(0.2))
            proxy.CutAll();
    }

    private static LinkFault FaultOf(Dice dice, string name) => dice.Below(6) switch
    {
        0 => LinkFault.Refused,
        1 => LinkFault.Swallowed,
        2 => new() { CutReplyAfter = dice.Below(name == "database" ? 4000 : 800) },
        3 => new() { CutRequestAfter = dice.Below(name == "database" ? 4000 : 1200) },
        4 => new() { Latency = dice.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(700)) },
        _ => new() { Latency = dice.Between(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(60)) },
    };
}
