using Callback.Calls;
using Callback.CallScripts;
using Callback.Practice;

namespace Callback.Web.Components.Desk;

/// <summary>What the invented customer says to the step on screen: only in a practice shop, and only while the customer is on the phone.</summary>
internal sealed class CustomerReader(CustomerOfCall customers)
{
    public async Task<CustomerTalk?> ReadAsync(DeskCard card, CallScript? script, ScriptValues? values, ScriptPath? path, CancellationToken ct)
    {
        if (script is null || values is null || path is null || card is not { Practice: true, Phase: CardPhase.Talking, AttemptId: { } attempt })
            return null;
        var met = await customers.FindAsync(card.Shop, attempt, ct);
        var customer = new CustomerReplies(met.Character, met.Seed, script, values);
        if (met.Character.EndsWith is not null)
            return new(customer.Opening, null, met.Character.Mood, script.Language);
        var reply = customer.At(path.Current, path, card.Draft.Asides);
        var first = path.Current.Id == script.Start && card.Draft.Asides.Count == 0;
        return new(first ? customer.Opening : null, reply?.Says, reply?.Mood ?? met.Character.Mood, script.Language);
    }
}
