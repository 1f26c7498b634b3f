using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Orders;

namespace Callback.FollowUps.Log;

/// <summary>Turns a whole number into the person key that the log is searched by.</summary>
public sealed class FindPhoneKey(Db db, PersonalDataVault vault)
{
    /// <param name="actor">Needs <see cref="Permission.ViewLog"/>, or <see cref="Permission.ViewOwnLog"/>.</param>
    /// <param name="shop">Keys differ from shop to shop.</param>
    /// <param name="phone">The number as a person would type it.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>64 hexadecimal digits.</returns>
    /// <exception cref="InvalidInputException">phone-incomplete: not a whole number.</exception>
    public async Task<string> RunAsync(Actor actor, ShopId shop, string phone, CancellationToken ct)
    {
        if (!actor.May(Permission.ViewLog, shop))
            actor.Demand(Permission.ViewOwnLog, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var country = await session.QuerySingleAsync<string>("select country from shops where shop_id = @shop", new { shop = shop.Value }, ct);
        var number = PhoneParser.Parse(phone, country).Number ?? throw new InvalidInputException(Problem.Of("phone-incomplete", "phone"));
        return Convert.ToHexStringLower(vault.PhoneKey(shop, number));
    }
}
