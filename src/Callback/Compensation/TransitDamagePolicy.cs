namespace Callback.Compensation;

/// <summary>Broken on the way: the damaged part is sent again once; broken again, the goods go back and the price with them.</summary>
public static class TransitDamagePolicy
{
    public static Entitlement Of(DamageTerms terms, ClaimCase claim)
    {
        if (!claim.Claimed)
            return Entitlement.None(terms.Kind, claim, "not-claimed");
        if (claim.Paid <= 0)
            return Entitlement.None(terms.Kind, claim, "not-paid");
        var again = claim.EarlierReshipments > 0;
        List<OwedPart> parts = [again ? new("refund", RoundingPolicy.Round(claim.Refundable, claim.Currency)) : new("again", 0)];
        var missing = FreightPolicy.Add(terms.Freight, claim, parts);
        var owed = Entitlement.Of(terms, claim, again ? "damaged-again" : "damaged", parts, claim.Proven ? missing : ["proof", .. missing]);
        return again ? owed with { Task = terms.TaskAgain } : owed;
    }
}
