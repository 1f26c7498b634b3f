using Microsoft.Extensions.DependencyInjection;

namespace Callback.Accounts;

/// <summary>Registers the slice. The host adds <see cref="IPasswordHashes"/>.</summary>
public static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<SetUp>()
        .AddSingleton<CreateUser>()
        .AddSingleton<SetMemberships>()
        .AddSingleton<DisableUser>()
        .AddSingleton<ResetSignIn>()
        .AddSingleton<ChooseLanguage>()
        .AddSingleton<UserQueries>()
        .AddSingleton<SignInThrottle>()
        .AddSingleton<StartSession>()
        .AddSingleton<FindSession>()
        .AddSingleton<EndSessions>()
        .AddSingleton<SetUpSecondFactor>()
        .AddSingleton<ProveSecondFactor>()
        .AddSingleton<SetPassword>()
        .AddSingleton<ShopWords>()
        .AddSingleton<SaveShop>()
        .AddSingleton<ShopQueries>()
        .AddSingleton<AddApiKey>()
        .AddSingleton<RevokeApiKey>()
        .AddSingleton<FindApiKey>()
        .AddSingleton<IPass, TidySignIn>();
}
