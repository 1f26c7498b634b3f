using Callback.Auditing;
using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Receivers;

/// <param name="Kinds">Of <see cref="EventKinds.Chosen"/>; none: all, those to come included.</param>
public sealed record AddReceiverInput(ShopId Shop, string Name, string Url, IReadOnlyList<string> Kinds);

/// <param name="Secret">Signs every event; shown this once.</param>
public sealed record AddedReceiver(Guid ReceiverId, string Secret);

/// <summary>Adds a program of the shop that is told what happens from now on.</summary>
public sealed class AddReceiver(Db db, TimeProvider time, PersonalDataVault vault, ReceiverOptions options)
{
    /// <summary>In force at once, a shop may have so many.</summary>
    public const int Most = 10;

    /// <exception cref="InvalidInputException">Name, address or kinds are not as allowed, or there are too many.</exception>
    public async Task<AddedReceiver> RunAsync(Actor actor, AddReceiverInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ManageKeys, input.Shop);
        var url = Check(input);
        var now = time.GetUtcNow();
        var receiverId = Ids.New(now);
        var secret = EventSignature.NewSecret();
        await using var session = await db.BeginAsync(input.Shop, ct);
        if (await session.QuerySingleAsync<long>("select count(*) from receivers where shop_id = @Shop and ended_at is null", new { input.Shop }, ct) >= Most)
            throw new InvalidInputException(Problem.Of("receivers-too-many", "url", ("most", $"{Most}")));
        await session.ExecuteAsync(
            """
            insert into receivers (shop_id, receiver_id, name, url, kinds, secret_cipher, created_by, created_at)
            values (@Shop, @receiverId, @name, @url, @kinds, @cipher, @by, @now)
            """,
            new
            {
                input.Shop,
                receiverId,
                name = input.Name.Trim(),
                url = url.AbsoluteUri,
                kinds = input.Kinds.Distinct().Order(StringComparer.Ordinal).ToArray(),
                cipher = vault.Encrypt(ReceiverRows.Secret(input.Shop, receiverId), secret),
                by = actor.Name,
                now,
            },
            ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "receiver.added", $"receiver:{receiverId}", new { host = url.Host, input.Kinds }, ct);
        await session.CommitAsync();
        return new(receiverId, secret);
    }

    private Uri Check(AddReceiverInput input)
    {
        var problems = new List<Problem>();
        if (input.Name.Trim().Length is 0 or > 64)
            problems.Add(Problem.Of("receiver-name-form", "name"));
        var schemes = options.AllowPrivate ? new[] { Uri.UriSchemeHttps, Uri.UriSchemeHttp } : [Uri.UriSchemeHttps];
        if (!Uri.TryCreate(input.Url.Trim(), UriKind.Absolute, out var url) || !schemes.Contains(url.Scheme) || url.UserInfo.Length > 0 || url.AbsoluteUri.Length > 500)
            problems.Add(Problem.Of("receiver-url-form", "url"));
        if (input.Kinds.FirstOrDefault(kind => !EventKinds.Chosen.Contains(kind)) is { } unknown)
            problems.Add(Problem.Of("receiver-kind-unknown", "kinds", ("kind", unknown), ("allowed", string.Join(", ", EventKinds.Chosen))));
        return problems.Count == 0 ? url! : throw new InvalidInputException(problems);
    }
}
