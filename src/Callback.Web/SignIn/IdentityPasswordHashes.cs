using Callback.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Callback.Web.SignIn;

/// <summary>PBKDF2-HMAC-SHA512 by ASP.NET Core Identity, with OWASP's count of iterations (Identity's own default is lower).</summary>
internal sealed class IdentityPasswordHashes : IPasswordHashes
{
    public const int Iterations = 220_000;

    internal static PasswordHasher<User> Hasher { get; } =
        new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations, CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3 }));

    public string Hash(string password) => Hasher.HashPassword(new User(), password);
}
