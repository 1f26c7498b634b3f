using Callback.Auditing;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Orders;
using Callback.Telephony;

namespace Callback.Calls.LineUse;

/// <summary>Asks the provider whether the credentials are good and which numbers may be shown; changes nothing there.</summary>
public sealed class CheckLine(Telephony.Lines lines)
{
    /// <returns>Null: no account is configured.</returns>
    public async Task<LineAccount?> RunAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ManageLines);
        return lines.Bridge is { } line ? await line.CheckAsync(ct) : null;
    }
}

/// <param name="Shop">Whose number is shown.</param>
/// <param name="Number">The administrator's own phone.</param>
public sealed record TestCallInput(ShopId Shop, string Number);

/// <summary>Calls an administrator's own phone and says a sentence. Never a customer: a number that stands in any order is refused.</summary>
public sealed class TestCall(Db db, TimeProvider time, Telephony.Lines lines, PersonalDataVault vault)
{
    /// <returns>Accepted: the phone will ring. Refused: why not. Unknown: it may ring.</returns>
    /// <exception cref="InvalidInputException"><c>line-missing</c>, <c>caller-id-missing</c>, <c>test-number-invalid</c>, <c>test-number-is-customer</c>.</exception>
    /// <exception cref="ShopUnknownException">There is no such shop.</exception>
    public async Task<LineAnswer> RunAsync(Actor actor, TestCallInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ManageLines);
        var line = lines.Bridge ?? throw new InvalidInputException(Problem.Of("line-missing"));
        var leg = await PrepareAsync(actor, input, line, ct);
        return await line.TestCallAsync(leg, CancellationToken.None);
    }

    private async Task<LegCall> PrepareAsync(Actor actor, TestCallInput input, IBridgeLine line, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var (country, language) = await session.QuerySingleOrDefaultAsync<(string?, string?)>(
            "select country, language from shops where shop_id = @Shop and not practice", new { input.Shop }, ct);
        if (country is null)
            throw new ShopUnknownException(input.Shop);
        var caller = (await LineSettings.ReadAsync(session, input.Shop, line.Name, ct)).CallerId(vault) ?? throw new InvalidInputException(Problem.Of("caller-id-missing"));
        if (PhoneParser.Parse(input.Number, country).Number is not { Extension: null } number)
            throw new InvalidInputException(Problem.Of("test-number-invalid", "number"));
        if (await CustomerNumbers.IncludeAsync(session, vault, number.E164, ct))
            throw new InvalidInputException(Problem.Of("test-number-is-customer", "number"));
        var now = time.GetUtcNow();
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "line.tested", $"line:{line.Name}", new { number = number.Last4 }, ct);
        await session.CommitAsync();
        return new(input.Shop, Ids.New(now), number.E164, caller, "", language!);
    }
}
