using System.Collections.Concurrent;

namespace Callback.Windows;

/// <summary>
/// The windows of one policy, each question worked out once: a pass asks the same of thousands of orders in the same zone at the same moment. Answers as
/// <see cref="WindowPolicy"/> does, and keeps every answer: not for longer than a pass or a request.
/// </summary>
public sealed class WindowAnswers(EffectivePolicy policy)
{
    private readonly ConcurrentDictionary<(string Zone, DateTimeOffset At, bool Promised), WindowState> states = new();
    private readonly ConcurrentDictionary<(string Zone, DateTimeOffset From, bool Promised), DateTimeOffset?> openings = new();

    /// <param name="zone">The called party's zones.</param>
    /// <param name="at">The moment a call would start.</param>
    /// <param name="promised">True: a call that was promised, for which only the legal hours count.</param>
    public WindowState At(ZoneKey zone, DateTimeOffset at, bool promised = false) => states.GetOrAdd(
        (zone.Value, at, promised),
        static (asked, policy) => asked.Promised ? WindowPolicy.AtPromised(policy, new(asked.Zone), asked.At) : WindowPolicy.At(policy, new(asked.Zone), asked.At),
        policy);

    /// <summary>The first moment from <paramref name="from"/> on at which a call may start; null: none within <see cref="WindowPolicy.Horizon"/>.</summary>
    public DateTimeOffset? NextOpening(ZoneKey zone, DateTimeOffset from, bool promised = false) => openings.GetOrAdd(
        (zone.Value, from, promised),
        static (asked, policy) => asked.Promised
            ? WindowPolicy.NextPromisedOpening(policy, new(asked.Zone), asked.From)
            : WindowPolicy.NextOpening(policy, new(asked.Zone), asked.From),
        policy);
}
