using Callback.Tests.Support;
using Callback.Web.Tests.Support;

namespace Callback.Web.Tests.SignIn;

/// <summary>One app and its database for a test class.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    public static readonly ShopId Shop = new("tea");

    public TestDatabase Database { get; } = new();

    public TestApp App { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Database.InitializeAsync();
        App = await TestApp.StartAsync(Database);
        await App.GivenShopAsync(Shop);
        await App.GivenShopAsync(new("silk"));
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await Database.DisposeAsync();
    }
}
