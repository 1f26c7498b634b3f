using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Orders;

/// <summary>Turns a whole phone number or a buyer id into the person key by which orders are found, so that neither stands in an address. Part of a number finds nothing.</summary>
public sealed class FindPerson(Db db, PersonalDataVault vault)
{
    /// <exception cref="InvalidInputException">phone-incomplete: not a whole number.</exception>
    public async Task<byte[]> ByPhoneAsync(Actor actor, ShopId shop, string phone, CancellationToken ct)
    {
        actor.Demand(Permission.ViewOrders, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var facts = await ShopFacts.OfAsync(session, shop, ct);
        var number = PhoneParser.Parse(phone, facts.Country).Number ?? throw new InvalidInputException(Problem.Of("phone-incomplete", "phone"));
        return vault.PhoneKey(shop, number);
    }

    public byte[] ByBuyerId(Actor actor, ShopId shop, string buyerId)
    {
        actor.Demand(Permission.ViewOrders, shop);
        return vault.BuyerKey(shop, buyerId);
    }
}
