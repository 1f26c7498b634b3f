using Callback.Planning;

namespace Callback.Calls;

/// <summary>One request among those that are answered together.</summary>
internal sealed record HoldRequest(AgentDesk Desk, IReadOnlyList<CampaignKey>? Campaigns);

/// <summary>Where a request stands in its batch: the lanes it has still to look into, and the answer when it has one.</summary>
internal sealed class HoldSeat(HoldRequest request)
{
    /// <summary>So many calls are looked at for one request; one more request goes on where this one stopped.</summary>
    private const int MostLooks = 50;

    private readonly Queue<(Lane Lane, Guid? Kept)> ahead = new();
    private IReadOnlyList<CampaignFacts> campaigns = [];
    private IReadOnlyList<Lane> lanes = [];
    private int looks;

    public HoldRequest Request => request;

    public Guid Agent => request.Desk.Agent;

    public IReadOnlyList<CampaignFacts> Campaigns => campaigns;

    public HoldResult? Answer { get; private set; }

    /// <summary>Of the open campaigns, those that were chosen now or before; none chosen means all.</summary>
    public void Choose(IReadOnlyList<CampaignFacts> open, IReadOnlySet<Guid> before)
    {
        var chosen = request.Campaigns?.Select(key => key.CampaignId).ToHashSet() ?? before;
        campaigns = chosen.Count == 0 ? open : [.. open.Where(facts => chosen.Contains(facts.Campaign.CampaignId))];
    }

    /// <param name="all">The lanes of the batch, the most urgent first.</param>
    public IReadOnlyList<Lane> Face(ILookup<CampaignKey, Lane> all)
    {
        lanes = [.. campaigns.SelectMany(facts => all[new(facts.Campaign.Shop, facts.Campaign.CampaignId)]).OrderByDescending(lane => lane.HeadPriority)];
        foreach (var lane in lanes.Where(lane => lane.IsOpen || lane.PromisedOnly))
            ahead.Enqueue((lane, null));
        return lanes;
    }

    /// <summary>The agent's own call comes before all lanes.</summary>
    public void First(Lane lane, Guid kept)
    {
        var rest = ahead.ToList();
        ahead.Clear();
        foreach (var place in rest.Prepend((lane, kept)))
            ahead.Enqueue(place);
    }

    /// <summary>Where it looks now; null: it has its answer, or nothing is left to look into.</summary>
    public (Lane Lane, Guid? Kept)? Place => Answer is null && looks < MostLooks && ahead.TryPeek(out var place) ? place : null;

    /// <summary>Nothing (more) to be had there.</summary>
    public void GoOn() => ahead.Dequeue();

    public void Looked() => looks++;

    public void Take(InHand card) => Answer = new HoldResult.Held(card.ShopId, card.HoldId, card.Until, InHandBefore: true);

    public void Take(QueuedCall call) => Answer = new HoldResult.Held(call.ShopId, call.HoldId, call.HeldUntil, InHandBefore: false);

    public HoldResult Close(DateTimeOffset now) => Answer ?? new HoldResult.NothingWaiting(Lane.NextOpening(campaigns, lanes, now));
}
