import org.openapitools.client.ApiClient;
import org.openapitools.client.api.MessagesApi;
import org.openapitools.client.api.OnboardingsApi;
import org.openapitools.client.model.Cancellation;
import org.openapitools.client.model.Onboarding;
import org.openapitools.client.model.RegistrationForm;
import org.openapitools.client.model.Start;
import org.openapitools.client.model.Status;

/** Starts, registers, follows and cancels an onboarding with the client of openapi-generator. */
public class Client {
  public static void main(String[] args) throws Exception {
    ApiClient client = new ApiClient();
    client.setBasePath(System.getenv("API"));
    client.setBearerToken(System.getenv("KEY"));
    OnboardingsApi onboardings = new OnboardingsApi(client);
    MessagesApi messages = new MessagesApi(client);
    String reference = System.getenv("REFERENCE");

    onboardings.startOnboarding(reference, new Start().email(System.getenv("EMAIL")), null);
    while (onboardings.readOnboarding(reference).getStatus() != Status.AWAITING_REGISTRATION) {
      Thread.sleep(200);
    }
    messages.register(reference, RegistrationForm.fromJson(System.getenv("FORM")), null);

    while (onboardings.readOnboarding(reference).getStatus() != Status.AWAITING_EMAIL) {
      Thread.sleep(200);
    }
    messages.cancel(reference, new Cancellation().reason("seen in Java"), null);
    Onboarding ended = onboardings.readOnboarding(reference);
    while (ended.getOutcome() == null) {
      Thread.sleep(200);
      ended = onboardings.readOnboarding(reference);
    }
    System.out.println(ended.getOutcome().getOutcomeCancelled().getReason());
  }
}
