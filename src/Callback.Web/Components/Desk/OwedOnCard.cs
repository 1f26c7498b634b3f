using Callback.CallScripts;
using Callback.Compensation;
using Callback.FollowUps.Owed;

namespace Callback.Web.Components.Desk;

/// <summary>What the shop owes on a card, as far as the talk has come.</summary>
/// <param name="Limit">What the reader may give on it alone.</param>
public sealed record OwedOnCard(IReadOnlyList<OwedRow> Rows, decimal Limit, string Currency)
{
    /// <summary>What is owed, and what would be if more were known.</summary>
    public IEnumerable<OwedRow> Open => Rows.Where(row => row.Owed.State != OwedState.NotOwed).OrderByDescending(row => row.Owed.State);

    public IEnumerable<OwedRow> Others => Rows.Where(row => row.Owed.State == OwedState.NotOwed && row.Owed.Why != "off");

    public IEnumerable<OwedRow> Granted => Rows.Where(row => row.Claim.Granted && row.Owed.State == OwedState.Owed);

    public static OwedOnCard Of(OwedFacts facts, CardModel model)
    {
        var claims = model.Draft.Claims;
        var owed = OwedPolicy.Of(facts, claims, [.. model.ChosenReasons], model.Outcome?.Code);
        var rows = owed.Select(one => Row(one, facts, model)).ToList();
        var given = rows.Where(row => (row.Claim.Granted || row.Proposed) && row.Owed.State == OwedState.Owed).ToList();
        return new([.. rows.Select(row => row with { Waits = Waits(row, given, facts) })], facts.Limit, facts.Orders.Count > 0 ? facts.Orders[0].Currency : "");
    }

    private static OwedRow Row(Entitlement owed, OwedFacts facts, CardModel model)
    {
        var claim = model.Draft.Claims.FirstOrDefault(claim => claim.Promise == owed.Promise.ToString() && claim.OrderNo == owed.OrderNo);
        var terms = facts.Promises.First(promise => promise.Terms.Kind == owed.Promise).Terms;
        return new(owed, claim ?? new(owed.Promise.ToString(), owed.OrderNo), terms.Label)
        {
            Proposed = terms is VoucherTerms && claim is not { Granted: true } && model.Tasks.Any(task => task.Kind == terms.Task),
        };
    }

    private static bool Waits(OwedRow row, List<OwedRow> given, OwedFacts facts)
    {
        if (row.Owed.State != OwedState.Owed)
            return false;
        var place = given.FindIndex(other => other.Owed == row.Owed);
        decimal[] amounts = [.. given.Select(other => other.Owed.Amount), .. place < 0 ? [row.Owed.Amount] : Array.Empty<decimal>()];
        return GrantLimitPolicy.Waits(amounts, facts.Limit, facts.GivenAlone)[place < 0 ? ^1 : place];
    }
}

/// <param name="Claim">What the agent entered of it.</param>
/// <param name="Label">The promise's name.</param>
public sealed record OwedRow(Entitlement Owed, DraftClaim Claim, Label Label)
{
    /// <summary>The talk has put it among the tasks already.</summary>
    public bool Proposed { get; init; }

    /// <summary>Above the reader's limit together with what is given anyway: another person has to agree.</summary>
    public bool Waits { get; init; }

    public bool Misses(string what) => Owed.Missing.Contains(what);
}
