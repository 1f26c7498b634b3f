using Microsoft.Extensions.DependencyInjection;

namespace Callback.Accounts;

/// <summary>Registers the slice. The host adds <see cref="IPasswordHashes"/>.</summary>
public static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<CreateUser>();
}
