using Callback.Auditing;
using Callback.Database;
using Npgsql;

namespace Callback.Accounts;

/// <param name="Name">What is typed at sign-in; folded to lower case.</param>
/// <param name="DisplayName">How colleagues see them; the name where it is empty.</param>
/// <param name="IsAdmin">Of the whole installation; then there are no memberships.</param>
/// <param name="Memberships">At least one unless an administrator.</param>
/// <param name="Language"><c>zh-CN</c> or <c>en</c>.</param>
public sealed record CreateUserInput(string Name, string? DisplayName, bool IsAdmin, IReadOnlyList<Membership> Memberships, string Language = "zh-CN");

/// <param name="OneTimePassword">Shown once; must be changed at the first sign-in.</param>
public sealed record CreatedUser(Guid UserId, string Name, string OneTimePassword);

/// <summary>Adds a person who may sign in, with a one-time password.</summary>
public sealed class CreateUser(Db db, TimeProvider time, IPasswordHashes hashes)
{
    private const string InsertSql =
        """
        insert into users (user_id, name, display_name, is_admin, language, password_hash, security_stamp, must_change_password, created_at)
        values (@UserId, @Name, @DisplayName, @IsAdmin, @Language, @PasswordHash, @SecurityStamp, true, @CreatedAt)
        """;

    /// <exception cref="InvalidInputException">The name is taken or not one, or the roles do not go together.</exception>
    public async Task<CreatedUser> RunAsync(Actor actor, CreateUserInput input, CancellationToken ct)
    {
        actor.Demand(Permission.ManageUsers);
        var user = Build(input);
        var password = OneTimeSecret.Readable(4);
        user.PasswordHash = hashes.Hash(password);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        await InsertAsync(session, user, ct);
        await MembershipRows.ReplaceAsync(session, user.UserId, input.Memberships, ct);
        var details = new { user.IsAdmin, Roles = MembershipRows.Describe(input.Memberships) };
        await AuditTrail.AppendAsync(session, null, actor, user.CreatedAt, "user.created", $"user:{user.Name}", details, ct);
        await session.CommitAsync();
        return new(user.UserId, user.Name, password);
    }

    private User Build(CreateUserInput input)
    {
        var name = input.Name.Trim().ToLowerInvariant();
        var problems = UserPolicy.Problems(name, input);
        if (problems.Count > 0)
            throw new InvalidInputException([.. problems]);
        var now = time.GetUtcNow();
        return new()
        {
            UserId = Ids.New(now),
            Name = name,
            DisplayName = string.IsNullOrWhiteSpace(input.DisplayName) ? name : input.DisplayName.Trim(),
            IsAdmin = input.IsAdmin,
            Language = input.Language,
            SecurityStamp = OneTimeSecret.Token(),
            CreatedAt = now,
        };
    }

    private static async Task InsertAsync(Session session, User user, CancellationToken ct)
    {
        try
        {
            await session.ExecuteAsync(InsertSql, user, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new InvalidInputException(Problem.Of("user-name-taken", "name", ("name", user.Name)));
        }
    }
}
