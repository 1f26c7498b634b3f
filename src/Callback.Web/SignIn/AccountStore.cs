using Callback.Accounts;
using Callback.Database;
using Microsoft.AspNetCore.Identity;

namespace Callback.Web.SignIn;

/// <summary>Users for ASP.NET Core Identity, on our own table: what its <see cref="UserManager{TUser}"/> needs to find a user and to check and renew a password's hash.</summary>
internal sealed class AccountStore(Db db, UserQueries users) : IUserPasswordStore<User>, IUserSecurityStampStore<User>
{
    private const string UpdateSql =
        """
        update users
        set password_hash = @PasswordHash, security_stamp = @SecurityStamp
        where user_id = @UserId
        """;

    public async Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? (await users.FindAsync(id, cancellationToken))?.User : null;

    public async Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        (await users.FindByNameAsync(normalizedUserName, cancellationToken))?.User;

    /// <summary>Only the password: everything else about a user has a use case of its own, with its audit.</summary>
    public async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken)
    {
        await using var session = await db.BeginAsync(ShopScope.Of(), cancellationToken);
        await session.ExecuteAsync(UpdateSql, new { user.UserId, user.PasswordHash, user.SecurityStamp }, cancellationToken);
        await session.CommitAsync();
        return IdentityResult.Success;
    }

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.UserId.ToString());

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetPasswordHashAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task SetSecurityStampAsync(User user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => throw Refused();

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) => throw Refused();

    public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) => throw Refused();

    public void Dispose()
    {
        // Nothing is held between two calls.
    }

    private static NotSupportedException Refused() => new("Users are made by CreateUser, renamed and deleted by nobody.");
}
