using System.Reflection;
using Callback.Tests.Support;
using Callback.Web.Components;
using Callback.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.Components;

public sealed class InjectedServicesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Every_service_that_a_component_asks_for_is_registered()
    {
        await using var app = await TestApp.StartAsync(database);
        var known = app.Services.GetRequiredService<IServiceProviderIsService>();
        var missing =
            from component in typeof(App).Assembly.GetTypes()
            where component.IsAssignableTo(typeof(IComponent))
            from property in component.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            where property.IsDefined(typeof(InjectAttribute)) && !known.IsService(property.PropertyType)
            select $"{component.Name} asks for {property.PropertyType.Name}";
        Assert.Empty(missing.Distinct());
    }
}
